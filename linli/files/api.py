"""The door of files."""

from .actions.uploads import (
    copy_files,
    delete_file,
    delete_files,
    hand_on,
    keep_until,
    shown_as,
    store_upload,
    sweep,
)
from .answers import answer
from .models import File
from .owners import BODY_QUOTA, PERSON_QUOTA, register_owner
from .rules import Type

__all__ = [
    "BODY_QUOTA", "PERSON_QUOTA", "File", "Type", "answer", "copy_files", "delete_file", "delete_files", "hand_on", "keep_until",
    "register_owner", "shown_as", "store_upload", "sweep",
]  # fmt: skip
