"""The door of the portal: what the console, the demo and the tests of other apps write through."""

from .actions.albums import change_album, make_album, report_picture
from .actions.blog import save_post, withdraw_post
from .actions.directory import import_entries, report_wrong, save_entry, set_plan, verify_entry
from .actions.duty import put_on_duty, take_off_duty
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
from .directory_exchange import hsds_of, plan_import, read_file, xlsx_of
from .directory_permissions import D
from .directory_plan import read_geojson
from .directory_queries import TAGS as DIRECTORY_TAGS
from .directory_queries import below
from .directory_rules import Facts, Group, Number, Wrong
from .duty_rules import Duty
from .models import DirectoryEntry, DirectoryReport, Notice
from .notice_queries import feed_of as notices_of_site

__all__ = [
    "DIRECTORY_TAGS",
    "D",
    "DirectoryEntry",
    "DirectoryReport",
    "Duty",
    "Facts",
    "Group",
    "Notice",
    "Number",
    "Words",
    "Wrong",
    "below",
    "change_album",
    "check_notice",
    "correct_notice",
    "expire_due",
    "hsds_of",
    "import_entries",
    "make_album",
    "note_readings",
    "notices_of_site",
    "plan_import",
    "publish_due",
    "put_on_duty",
    "read_file",
    "read_geojson",
    "report_picture",
    "report_wrong",
    "return_notice",
    "save_entry",
    "save_post",
    "set_plan",
    "submit_notice",
    "take_back",
    "take_off_duty",
    "verify_entry",
    "withdraw_notice",
    "withdraw_post",
    "write_notice",
    "xlsx_of",
]  # fmt: skip
