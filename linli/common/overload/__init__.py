"""What one worker does when more is asked of it than it can do: search waits first, emergencies never.

Requests that run Django go through lanes: a few slots render, the rest wait as long as it pays, or are told at once
to come again. Kept pages and static files pass by. `docs/why/0016-shedding.md`
"""

from .door import Door, lane_of
from .lanes import Lanes, Refused
from .pressure import Lane, Pressure

__all__ = ["Door", "Lane", "Lanes", "Pressure", "Refused", "lane_of"]
