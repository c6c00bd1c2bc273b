"""The door of casework."""

from .actions.reporting import CaseFacts, submit_case
from .models import Case, Spot
from .pictures import WAITING
from .rules.states import CaseState
from .rules.words import CaseKind, Channel, Secrecy, Urgency
from .themes import Theme, theme, themes

__all__ = ["WAITING", "Case", "CaseFacts", "CaseKind", "CaseState", "Channel", "Secrecy", "Spot", "Theme", "Urgency", "submit_case", "theme", "themes"]
