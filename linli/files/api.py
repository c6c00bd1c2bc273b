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
from .keeping import ACCEPT, KeepingForm, PicturesField
from .models import File
from .owners import BODY_QUOTA, PERSON_QUOTA, register_owner
from .pending import FILES, take
from .rules import Type

__all__ = [
    "ACCEPT", "BODY_QUOTA", "FILES", "PERSON_QUOTA", "File", "KeepingForm", "PicturesField", "Type", "answer", "copy_files",
    "delete_file", "delete_files", "hand_on", "keep_until", "register_owner", "shown_as", "store_upload", "sweep", "take",
]  # fmt: skip
