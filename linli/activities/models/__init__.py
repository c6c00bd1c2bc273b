from .event import Event, EventStep
from .signup import Signup

__all__ = ["Event", "EventStep", "Signup"]
