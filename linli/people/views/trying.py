"""From an action's refusal to an error at the form's field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import Http404

from linli.common.errors import NotAllowed, UserError

FAILED = object()


def attempt(form: BaseForm, action: Callable[..., Any], **arguments: Any) -> Any:
    """What the action gives, or FAILED with the message in the form. What is not allowed does not exist: 404."""
    try:
        return action(**arguments)
    except NotAllowed:
        raise Http404 from None
    except UserError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error.message))
        return FAILED
