"""The desk's doors to what is secret or becomes public: look at a reporter with a purpose, publish redacted words."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.common import clock
from linli.common.errors import UserError
from linli.people.api import needs

from ..actions.identity import may_look, reveal
from ..actions.publishing import publish_case, unpublish_case
from ..forms.spots import LookForm, PublishForm
from ..models import Case
from ..permissions import C, is_desk
from ..pictures import shown_to_reporter
from ..queries.own import whole
from ..rules.words import Visibility
from .opened import actor_of

page = require_http_methods(["GET", "HEAD", "POST"])


def _of_desk(request: HttpRequest, pk: UUID) -> Case:
    case = whole(pk)
    if case is None or not is_desk(actor_of(request), case):
        raise Http404
    return case


@page
@needs(C.CASE_IDENTITY)
def look(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The answer to the press of the button alone holds the name."""
    case = _of_desk(request, pk)
    if not may_look(actor_of(request), case):
        raise Http404
    form, seen = LookForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        try:
            seen = reveal(case=pk, purpose=form.cleaned_data["purpose"], by=actor_of(request), now=clock.now())
        except UserError as error:
            form.add_error(None, str(error))
    response = render(request, "casework/public/look.html", {"case": case, "form": form, "seen": seen})
    response["Cache-Control"] = "no-store"
    return response


@page
@needs(C.CASE_DISPATCH)
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Words and pictures for everybody; what looks personal is named first."""
    case = _of_desk(request, pk)
    if case.visibility == Visibility.PRIVATE or case.parent_id is not None:
        raise Http404
    shown = shown_to_reporter(case)
    pictures = [(str(one.file_id), f"{one.get_moment_display()} {n}") for n, one in enumerate(shown, 1)]
    start = {"title": case.public_title or case.title, "text": case.public_text or case.text}
    form = PublishForm(request.POST if request.method == "POST" else None, initial=start, pictures=pictures)
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        chosen = [UUID(key) for key in got.get("pictures", [])]
        try:
            publish_case(case=pk, title=got["title"], text=got["text"], pictures=chosen, by=actor_of(request), now=clock.now())
        except UserError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("公开了，大家都看得到"))
            return redirect("casework:public_case", pk)
    return render(request, "casework/public/publish.html", {"case": case, "form": form, "shown": shown})


@require_POST
@needs(C.CASE_DISPATCH)
def unpublish(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = _of_desk(request, pk)
    unpublish_case(case=case.pk, by=actor_of(request), now=clock.now())
    messages.success(request, _("收回了，大家看不到了"))
    return redirect("casework:publish", pk)
