"""The door of portal: what the demo writes through."""

from .actions.albums import change_album, make_album, report_picture
from .actions.blog import save_post, withdraw_post

__all__ = ["change_album", "make_album", "report_picture", "save_post", "withdraw_post"]
