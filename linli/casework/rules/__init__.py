"""Pure rules of casework: the state table, its words, what is counted."""
