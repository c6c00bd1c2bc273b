"""The office writes to people, and sees what arrived."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.areas.api import full_name
from linli.common import audit, clock
from linli.common.errors import UserError
from linli.gateways.api import is_gsm, size, split_sms
from linli.people.access import needs, require
from linli.people.api import Actor

from .. import kinds, queries, reach
from ..actions.compose import plan_message, send_message
from ..forms.compose import ComposeForm
from ..models import Message
from ..permissions import M
from .inbox import key_of

PAGE = 20
TEMPLATES = 30  # with both languages, on a page


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@require_safe
@needs(M.MESSAGES_SEND)
def sent(request: HttpRequest) -> HttpResponse:
    rows = reach.sent(_actor(request), key_of(request.GET.get("before", "")), PAGE + 1)
    lines = [(row, queries.said(row, get_language() or "zh-hans").title, full_name(row.place)) for row in rows[:PAGE] if row.place]
    older = rows[PAGE - 1].pk if len(rows) > PAGE else None
    return render(request, "messaging/sent.html", {"lines": lines, "older": older})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(M.MESSAGES_SEND)
def compose(request: HttpRequest) -> HttpResponse:
    actor = _actor(request)
    given = request.POST if request.method == "POST" else None
    form = ComposeForm(given, places=reach.places(actor), initial={"place": request.GET.get("place", "")})
    if request.method == "POST" and request.POST.get("step") != "edit" and form.is_valid():
        answer = _send(request, form) if request.POST.get("step") == "send" else _confirm(request, form)
        if answer is not None:
            return answer
    return render(request, "messaging/compose.html", {"form": form})


def _confirm(request: HttpRequest, form: ComposeForm) -> HttpResponse | None:
    """Whom it reaches on which way and how long its SMS is; nothing is sent yet."""
    asked = {name: value for name, value in form.cleaned_data.items() if name not in ("key", "wants_ack")}
    try:
        plan = plan_message(by=_actor(request), now=clock.now(), **asked)
    except UserError as error:
        form.add_error(error.field, str(error))
        return None
    kept = [(name, value) for name, values in request.POST.lists() if name in form.fields for value in values]
    return render(request, "messaging/confirm.html", {
        "form": form, "plan": plan, "kept": kept, "place": full_name(asked["place"]), "title": asked["title"], "text": asked["text"],
        "urgent": asked["urgent"], "wants_ack": form.cleaned_data["wants_ack"], "some": len(asked["codes"]),
    })  # fmt: skip


def _send(request: HttpRequest, form: ComposeForm) -> HttpResponse | None:
    try:
        message = send_message(by=_actor(request), now=clock.now(), **form.cleaned_data)
    except UserError as error:
        form.add_error(error.field, str(error))
        return None
    messages.success(request, _("发出了，共 %(n)d 人") % {"n": message.audience})
    return redirect("messaging:receipts", message.pk)


@require_safe
@needs(M.MESSAGES_SEND)
def receipts(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(Message.objects.select_related("place", "sent_by"), pk=pk)
    if row.place is None:
        raise Http404
    require(_actor(request), M.MESSAGES_SEND, row.place)
    count, people = reach.unreached(row)
    if people:
        audit.record(actor=_actor(request), action="message.look", subject=row, place=row.place, now=clock.now())
    words = queries.said(row, get_language() or "zh-hans")
    context = {
        "message": row, "words": words, "columns": reach.columns(row), "unreached": people, "count": count,
        "place": full_name(row.place), "rest": count - len(people), **_sms(words.sms),
    }  # fmt: skip
    return render(request, "messaging/receipts.html", context)


@require_safe
@needs(M.MESSAGES_SEND)
def templates(request: HttpRequest) -> HttpResponse:
    """How each kind reads in both languages, and how long its SMS is."""
    rows = []
    for template in kinds.all_templates():
        for language in ("zh-hans", "en"):
            words = kinds.say(template, {name: _in(language, word) for name, word in template.sample.items()}, language)
            rows.append({"template": template, "language": language, "words": words, **_sms(words.sms)})
    page = Paginator(rows, TEMPLATES).get_page(request.GET.get("page"))
    return render(request, "messaging/templates.html", {"page": page})


def _in(language: str, word: Any) -> str:
    with translation.override(language):
        return str(word)


def _sms(text: str) -> dict[str, Any]:
    return {"sms_size": size(text), "sms_parts": len(split_sms(text)), "sms_gsm": is_gsm(text)}
