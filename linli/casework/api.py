"""The door of casework."""

from .models import Case
from .rules.states import CaseState

__all__ = ["Case", "CaseState"]
