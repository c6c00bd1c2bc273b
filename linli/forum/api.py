"""The door of the forum."""
