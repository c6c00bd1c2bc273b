"""The door of portal: what the demo writes through."""

from .actions.albums import change_album, make_album, report_picture
from .actions.blog import save_post, withdraw_post
from .actions.notice_reads import note_readings
from .actions.notice_time import expire_due, publish_due
from .actions.notices import (
    Words,
    check_notice,
    correct_notice,
    return_notice,
    submit_notice,
    take_back,
    withdraw_notice,
    write_notice,
)
from .models import Notice

__all__ = [
    "Notice", "Words", "change_album", "check_notice", "correct_notice", "expire_due", "make_album", "note_readings",
    "publish_due", "report_picture", "return_notice", "save_post", "submit_notice", "take_back", "withdraw_notice",
    "withdraw_post", "write_notice",
]  # fmt: skip
