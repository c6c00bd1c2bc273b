"""The door of studio."""

from .actions.library import add_file, shape_look
from .actions.pages import arrange, open_home, write_guide
from .models import GuidePage, HomePage, LibraryFile
from .models.pages import previews
from .parts import offer_part
from .permissions import T
from .queries import arrangement, banner_of, files_of, guides_of, parts_of
from .rules import NOUNS, GuideKind, Part

__all__ = [
    "NOUNS",
    "GuideKind",
    "GuidePage",
    "HomePage",
    "LibraryFile",
    "Part",
    "T",
    "add_file",
    "arrange",
    "arrangement",
    "banner_of",
    "files_of",
    "guides_of",
    "offer_part",
    "open_home",
    "parts_of",
    "previews",
    "shape_look",
    "write_guide",
]
