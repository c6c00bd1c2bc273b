from .editor import Editor
from .library import LibraryFile
from .pages import GuidePage, HomePage
from .workflow import CheckTask

__all__ = ["CheckTask", "Editor", "GuidePage", "HomePage", "LibraryFile"]
