"""Everybody's copy of what belongs to him, and the words for the audit log."""

from django.utils.translation import gettext_lazy as _

from linli.people.api import include_in_export, leave_out_of_export, register_audit_words

_D = "linli_casework"
include_in_export(
    f"{_D}.Case", _("反映的事"), ["reporter"],
    ["code", "kind", "title", "text", "wish", "state", "submitted_at", "answered_at", "closed_at", "result", "outcome", "stars", "said"],
)  # fmt: skip
_CLERK = "who did a body's work, or wrote for the reporter; it stands in his own audit rows"
for _model, _field in (
    ("Case", "by"), ("CaseStep", "by"), ("Reply", "by"), ("Extension", "asked_by"), ("Extension", "decided_by"),
    ("CallAttempt", "by"), ("DispatchTable", "made_by"),
):  # fmt: skip
    leave_out_of_export(f"{_D}.{_model}", _field, _CLERK)
register_audit_words({})
