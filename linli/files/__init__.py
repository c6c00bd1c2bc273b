"""Uploaded files: one mechanism for all apps.

Promises: what a file is, its content says, never its name; pictures are made anew without metadata in three sizes;
nothing is decoded or unpacked before its size is known; every download is asked of the owner's app; a file ends
with its owner.
Nouns: file, owner kind. Door: `api.py`. Tables (xlsx, CSV) are another matter: `common.sheets`.
"""
