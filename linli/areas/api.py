"""The door of places."""

from .actions.division_table import Progress
from .actions.divisions import ImportResult, import_divisions, succeed_codes
from .actions.places import create_area, create_areas, rename_area, set_cell, succeed_area
from .models import Area, Cell, Home, HomeUse, Level, Succession
from .models.area import Plate
from .models.path import PathField
from .queries import (
    PUBLIC_LEVELS,
    ancestors,
    at_level,
    cell,
    children,
    count_levels,
    describe,
    find_code,
    full_name,
    title,
)
from .rules import committee_names, government_names, is_virtual, office_names
from .tables import read_table

__all__ = [
    "PUBLIC_LEVELS", "Area", "Cell", "Home", "HomeUse", "ImportResult", "Level", "PathField", "Plate", "Progress", "Succession",
    "ancestors", "at_level", "cell", "children", "committee_names", "count_levels", "create_area", "create_areas", "describe",
    "find_code", "full_name", "government_names", "import_divisions", "is_virtual", "office_names", "read_table", "rename_area", "set_cell",
    "succeed_area", "succeed_codes", "title",
]  # fmt: skip
