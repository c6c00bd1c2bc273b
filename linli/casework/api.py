"""The door of casework. `clocks` and `steps` are for the demo alone, which carries cases along the table by itself."""

from . import clocks
from .actions import steps
from .actions.groups import group_case, ungroup_case
from .actions.identity import reveal
from .actions.publishing import publish_case, unpublish_case
from .actions.rating import add_to_case, appeal_case, rate_case, reopen_case, respond_case, withdraw_case
from .actions.reporting import CaseFacts, submit_case
from .actions.spots import add_spot, retire_spot
from .models import Case, Reply, Spot
from .pictures import WAITING
from .rules.states import CaseState
from .rules.words import CaseKind, Channel, Secrecy, Task, Urgency
from .themes import Theme, theme, themes

__all__ = [
    "WAITING", "Case", "CaseFacts", "CaseKind", "CaseState", "Channel", "Reply", "Secrecy", "Spot", "Task", "Theme", "Urgency",
    "add_spot", "add_to_case", "appeal_case", "clocks", "group_case", "publish_case", "rate_case", "reopen_case", "respond_case",
    "retire_spot", "reveal", "steps", "submit_case", "theme", "themes", "ungroup_case", "unpublish_case", "withdraw_case",
]  # fmt: skip
