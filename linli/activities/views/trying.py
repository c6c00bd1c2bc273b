"""Errors of verbs at the field of the form that they are about."""

from __future__ import annotations

from django import forms

from linli.common.errors import UserError

_FIELDS = {
    "ends": "ends_time",
    "signup_until": "signup_day",
    "file": "picture",
    "alt": "picture_alt",
    "number": "number_or_card",
}


def blame(form: forms.Form, error: UserError) -> None:
    """At its field where the form has it, else over the form."""
    name = _FIELDS.get(error.field or "", error.field)
    form.add_error(name if name in form.fields else None, str(error))
