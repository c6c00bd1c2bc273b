"""The door of the demo world."""

from .personas import Persona, personas
from .world import build_world

__all__ = ["Persona", "build_world", "personas"]
