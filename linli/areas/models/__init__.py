from .area import Area, AreaName, Cell, Level, Succession
from .home import Home, HomesDraft, HomeUse

__all__ = ["Area", "AreaName", "Cell", "Home", "HomeUse", "HomesDraft", "Level", "Succession"]
