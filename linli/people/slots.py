"""What this app puts into the slots of the shell."""
