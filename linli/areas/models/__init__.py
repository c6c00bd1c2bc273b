from .area import Area, AreaName, Cell, Level, Succession
from .home import Home, HomeUse

__all__ = ["Area", "AreaName", "Cell", "Home", "HomeUse", "Level", "Succession"]
