"""Passwords of gateways: instance.json names a file of secrets/, never the secret itself."""

from django.conf import settings

from linli.config import instance


def secret(name: str) -> str:
    """The text of secrets/NAME; "" for no name. Raises ValueError for a path, FileNotFoundError where it is missing."""
    if not name:
        return ""
    if "/" in name or name.startswith("."):
        raise ValueError("a secret is named by its file's name alone")
    return instance.read_secret(settings.LINLI_DATA, name).strip()
