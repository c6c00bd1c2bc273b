"""The door of working days, deadlines and opening hours."""

from .actions.days import Loaded, load_packaged, load_table
from .actions.deadlines import close, open_deadline, pause, resume
from .actions.passing import pass_due
from .actions.rules import set_rule
from .hours import (
    DAY,
    Holidays,
    Hours,
    Open,
    Span,
    Status,
    Week,
    as_json,
    clock_text,
    from_json,
    make_hours,
    read_hours,
    spans_text,
    status_at,
    write_hours,
)
from .hours_words import shown_hours, status_words
from .kinds import RuleKind, register_rule
from .models import Deadline, DeadlineRule
from .queries import TableFacts, days, deadlines_of, due_rows, rule_for, tables
from .queries import reasons as day_reasons
from .rules import Days, DeadlineState, Due, Period, Unit, due, end_of, start_moment, working_days_between
from .subjects import people_of, register_subject
from .tables import Table, packaged, read
from .words import UNIT_LABELS, said

__all__ = [
    "DAY",
    "UNIT_LABELS",
    "Days",
    "Deadline",
    "DeadlineRule",
    "DeadlineState",
    "Due",
    "Holidays",
    "Hours",
    "Loaded",
    "Open",
    "Period",
    "RuleKind",
    "Span",
    "Status",
    "Table",
    "TableFacts",
    "Unit",
    "Week",
    "as_json",
    "clock_text",
    "close",
    "day_reasons",
    "days",
    "deadlines_of",
    "due",
    "due_rows",
    "end_of",
    "from_json",
    "load_packaged",
    "load_table",
    "make_hours",
    "open_deadline",
    "packaged",
    "pass_due",
    "pause",
    "people_of",
    "read",
    "read_hours",
    "register_rule",
    "register_subject",
    "resume",
    "rule_for",
    "said",
    "set_rule",
    "shown_hours",
    "spans_text",
    "start_moment",
    "status_at",
    "status_words",
    "tables",
    "working_days_between",
    "write_hours",
]
