from .album import Album, AlbumEvent, AlbumPicture, PictureReport
from .blog import BlogPicture, BlogPost, BlogVersion

__all__ = ["Album", "AlbumEvent", "AlbumPicture", "BlogPicture", "BlogPost", "BlogVersion", "PictureReport"]
