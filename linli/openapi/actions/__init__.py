"""Verbs of keys: given, used, revoked."""
