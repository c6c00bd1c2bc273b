"""Doors to the outside: SMS and e-mail. One port, several adapters, one book of what was sent (see api.py)."""
