"""Verbs: keyword-only, atomic, with the time as an argument."""
