"""Tables of the portal, one file each noun."""

from .album import Album, AlbumEvent, AlbumPicture, PictureReport
from .blog import BlogPicture, BlogPost, BlogVersion
from .directory import DirectoryDraft, DirectoryEntry, DirectoryPhone, DirectoryReport, StreetPlan

__all__ = [
    "Album", "AlbumEvent", "AlbumPicture", "BlogPicture", "BlogPost", "BlogVersion", "DirectoryDraft", "DirectoryEntry",
    "DirectoryPhone", "DirectoryReport", "PictureReport", "StreetPlan",
]  # fmt: skip
