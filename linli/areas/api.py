"""The door of places."""

from .actions.division_table import Progress
from .actions.divisions import ImportResult, import_divisions, succeed_codes
from .actions.edits import edit_home, edit_place, move_compound
from .actions.homes import HomesPlan, guess_columns, import_homes, plan_homes, start_homes
from .actions.places import create_area, create_areas, rename_area, set_cell, succeed_area
from .chart import Chart, Door, building_chart
from .home_rules import COLUMNS as HOME_COLUMNS
from .home_rules import LABELS as HOME_LABELS
from .home_rules import read_floor_area
from .models import Area, Cell, Home, HomesDraft, HomeUse, Level, Succession
from .models.area import Plate
from .models.path import PathField
from .outline import (
    House,
    building_facts,
    counts_below,
    dwellings_below,
    find_places,
    home_rows,
    houses,
    is_public,
)
from .queries import (
    PUBLIC_LEVELS,
    ancestors,
    ancestors_of,
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
    "HOME_COLUMNS",
    "HOME_LABELS",
    "PUBLIC_LEVELS",
    "Area",
    "Cell",
    "Chart",
    "Door",
    "Home",
    "HomeUse",
    "HomesDraft",
    "HomesPlan",
    "House",
    "ImportResult",
    "Level",
    "PathField",
    "Plate",
    "Progress",
    "Succession",
    "ancestors",
    "ancestors_of",
    "at_level",
    "building_chart",
    "building_facts",
    "cell",
    "children",
    "committee_names",
    "count_levels",
    "counts_below",
    "create_area",
    "create_areas",
    "describe",
    "dwellings_below",
    "edit_home",
    "edit_place",
    "find_code",
    "find_places",
    "full_name",
    "government_names",
    "guess_columns",
    "home_rows",
    "houses",
    "import_divisions",
    "import_homes",
    "is_public",
    "is_virtual",
    "move_compound",
    "office_names",
    "plan_homes",
    "read_floor_area",
    "read_table",
    "rename_area",
    "set_cell",
    "start_homes",
    "succeed_area",
    "succeed_codes",
    "title",
]  # fmt: skip
