from .case import Case, CaseGroup, CasePicture
from .handling import Assignment, CallAttempt, CaseStep, Extension, Reply
from .identity import Identity
from .place import DispatchTable, Spot, ThemeModel

__all__ = [
    "Assignment",
    "CallAttempt",
    "Case",
    "CaseGroup",
    "CasePicture",
    "CaseStep",
    "DispatchTable",
    "Extension",
    "Identity",
    "Reply",
    "Spot",
    "ThemeModel",
]
