"""The door of the portal: what the console, the demo and the tests of other apps write through."""

from .actions.albums import change_album, make_album, report_picture
from .actions.blog import save_post, withdraw_post
from .actions.directory import import_entries, report_wrong, save_entry, set_plan, verify_entry
from .directory_exchange import hsds_of, plan_import, read_file, xlsx_of
from .directory_hours import Holidays, Hours, read_hours
from .directory_permissions import D
from .directory_plan import read_geojson
from .directory_queries import below
from .directory_rules import Facts, Group, Number, Wrong
from .models import DirectoryEntry, DirectoryReport

__all__ = [
    "D", "DirectoryEntry", "DirectoryReport", "Facts", "Group", "Holidays", "Hours", "Number", "Wrong", "below", "change_album",
    "hsds_of", "import_entries", "make_album", "plan_import", "read_file", "read_geojson", "read_hours", "report_picture",
    "report_wrong", "save_entry", "save_post", "set_plan", "verify_entry", "withdraw_post", "xlsx_of",
]  # fmt: skip
