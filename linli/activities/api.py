"""The door of events."""

from .actions.events import Facts, cancel_event, create_event, edit_event, move_on, publish_event
from .actions.signups import cancel_signup, check_in, sign_up
from .models import Event, EventStep, Signup
from .permissions import A, may_hold
from .queries.events import coming_at, events_of, next_events
from .rules import EventState, How, SignupState

__all__ = [
    "A", "Event", "EventState", "EventStep", "Facts", "How", "Signup", "SignupState", "cancel_event", "cancel_signup",
    "check_in", "coming_at", "create_event", "edit_event", "events_of", "may_hold", "move_on", "next_events", "publish_event", "sign_up",
]  # fmt: skip
