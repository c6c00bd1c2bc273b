"""The door of the portal."""

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
    "Notice", "Words", "check_notice", "correct_notice", "expire_due", "note_readings", "publish_due", "return_notice",
    "submit_notice", "take_back", "withdraw_notice", "write_notice",
]  # fmt: skip
