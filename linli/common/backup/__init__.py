"""Backup, restore and drill: one archive holds database, files, checkpoints, instance.json and, sealed, the keys.

An archive proves itself: it carries the hash of every file and of every table's rows as they stood at the moment
of the snapshot. Nothing here but `jobs` and `run` needs Django, so that an archive can be read on an empty machine.
"""


class BackupError(Exception):
    """It cannot be done, or the archive is not whole; the message is for people, in Chinese and English."""
