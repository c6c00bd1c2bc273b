"""The door of casework."""

from .models import Case, Spot
from .rules.states import CaseState
from .rules.words import CaseKind, Channel, Secrecy, Urgency
from .themes import Theme, theme, themes

__all__ = ["Case", "CaseKind", "CaseState", "Channel", "Secrecy", "Spot", "Theme", "Urgency", "theme", "themes"]
