"""Linli (邻里): one shared platform for a street, its communities, compounds and homes."""

__version__ = "0.1.0"
