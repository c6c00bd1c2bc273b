"""The door of places."""

from .actions.places import create_area, create_areas, rename_area, set_cell, succeed_area
from .models import Area, Cell, Home, HomeUse, Level, Succession
from .models.area import Plate
from .models.path import PathField
from .queries import PUBLIC_LEVELS, ancestors, at_level, cell, children, full_name

__all__ = [
    "PUBLIC_LEVELS", "Area", "Cell", "Home", "HomeUse", "Level", "PathField", "Plate", "Succession",
    "ancestors", "at_level", "cell", "children", "create_area", "create_areas", "full_name", "rename_area", "set_cell", "succeed_area",
]  # fmt: skip
