from .days import DayRow, DayTable
from .deadline import Deadline, DeadlineEvent, DeadlinePause, DeadlineRule

__all__ = ["DayRow", "DayTable", "Deadline", "DeadlineEvent", "DeadlinePause", "DeadlineRule"]
