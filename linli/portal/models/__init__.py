"""What the portal keeps, one file a noun."""

from .album import Album, AlbumEvent, AlbumPicture, PictureReport
from .blog import BlogPicture, BlogPost, BlogVersion
from .notice import Notice, NoticeEvent, NoticeRead

__all__ = [
    "Album", "AlbumEvent", "AlbumPicture", "BlogPicture", "BlogPost", "BlogVersion", "Notice", "NoticeEvent", "NoticeRead",
    "PictureReport",
]  # fmt: skip
