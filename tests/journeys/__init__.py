"""Whole ways through Linli, told from one person's point of view."""
