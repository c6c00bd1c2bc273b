"""The door of working days and deadlines."""

from .actions.days import Loaded, load_packaged, load_table
from .actions.deadlines import close, open_deadline, pause, resume
from .actions.passing import pass_due
from .actions.rules import set_rule
from .kinds import RuleKind, register_rule
from .models import Deadline, DeadlineRule
from .queries import TableFacts, days, deadlines_of, due_rows, rule_for, tables
from .queries import reasons as day_reasons
from .rules import Days, DeadlineState, Due, Period, Unit, due, end_of, start_moment, working_days_between
from .subjects import people_of, register_subject
from .tables import Table, packaged, read

__all__ = [
    "Days",
    "Deadline",
    "DeadlineRule",
    "DeadlineState",
    "Due",
    "Loaded",
    "Period",
    "RuleKind",
    "Table",
    "TableFacts",
    "Unit",
    "close",
    "day_reasons",
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
    "people_of",
    "read",
    "register_rule",
    "register_subject",
    "resume",
    "rule_for",
    "set_rule",
    "start_moment",
    "tables",
    "working_days_between",
]
