"""The door of forms.

An app above keeps a key to `Filling`, begins it with `begin_filling`, shows it from a view of its own with
`serve_filling` (or `serve_typed` for a clerk) and does what follows in `Place.sent` or on `FormSent`.
"""

from .actions.fillings import (
    HiddenStep,
    Incomplete,
    begin_filling,
    drop_filling,
    outcome_of,
    save_step,
    send_filling,
)
from .actions.kinds import create_form, draft_of, publish_form, withdraw_form
from .facts import Fact
from .facts import register as register_fact
from .models import Filling, FormKind, FormVersion
from .permissions import F, may_begin, may_type
from .queries import used_version
from .rules.answers import Outcome, evaluate
from .rules.definition import Definition
from .rules.document import document
from .rules.parse import NotAForm, from_text, parse
from .rules.shown import Line, lines
from .rules.states import Audience, Channel, FillingState, VersionState
from .serving import Place, is_own, remember, serve_filling
from .typing_pages import serve_typed

__all__ = [
    "Audience", "Channel", "Definition", "F", "Fact", "Filling", "FillingState", "FormKind", "FormVersion", "HiddenStep",
    "Incomplete", "Line", "NotAForm", "Outcome", "Place", "VersionState", "begin_filling", "create_form", "document", "draft_of",
    "drop_filling", "evaluate", "from_text", "is_own", "lines", "may_begin", "may_type", "outcome_of", "parse", "publish_form",
    "register_fact", "remember", "save_step", "send_filling", "serve_filling", "serve_typed", "used_version", "withdraw_form",
]  # fmt: skip
