"""The door of working days and deadlines."""

from .actions.days import Loaded, load_packaged, load_table
from .actions.deadlines import close, open_deadline, pause, resume
from .actions.passing import pass_due
from .actions.rules import set_rule
from .models import Deadline, DeadlineRule
from .queries import TableFacts, days, deadlines_of, due_rows, rule_for, tables
from .rules import Days, DeadlineState, Due, Period, Unit, due, end_of, start_moment, working_days_between
from .tables import Table, packaged, read

__all__ = [
    "Days",
    "Deadline",
    "DeadlineRule",
    "DeadlineState",
    "Due",
    "Loaded",
    "Period",
    "Table",
    "TableFacts",
    "Unit",
    "close",
    "days",
    "deadlines_of",
    "due",
    "due_rows",
    "end_of",
    "load_packaged",
    "load_table",
    "open_deadline",
    "packaged",
    "pass_due",
    "pause",
    "read",
    "resume",
    "rule_for",
    "set_rule",
    "start_moment",
    "tables",
    "working_days_between",
]
