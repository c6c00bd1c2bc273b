"""What the portal keeps, one file a noun."""

from .album import Album, AlbumEvent, AlbumPicture, PictureReport
from .blog import BlogPicture, BlogPost, BlogVersion
from .directory import DirectoryDraft, DirectoryEntry, DirectoryPhone, DirectoryReport, StreetPlan
from .duty import DutyLine
from .notice import Notice, NoticeEvent, NoticeRead

__all__ = [
    "Album", "AlbumEvent", "AlbumPicture", "BlogPicture", "BlogPost", "BlogVersion", "DirectoryDraft", "DirectoryEntry",
    "DirectoryPhone", "DirectoryReport", "DutyLine", "Notice", "NoticeEvent", "NoticeRead", "PictureReport", "StreetPlan",
]  # fmt: skip
