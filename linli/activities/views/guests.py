"""Who comes: signed up by staff at the counter or on the phone, taken off, and the list as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.common import audit, clock
from linli.common.errors import UserError
from linli.common.sheets import XLSX, Column, Value, xlsx_chunks
from linli.people.api import P, find_person, needs

from .. import words
from ..actions.signups import cancel_signup, sign_up
from ..forms.signup import AddForm
from ..models import Event, Signup
from ..permissions import A
from ..queries import going
from ..rules import How
from .doors import actor_of, own_event
from .trying import blame


@require_http_methods(["GET", "HEAD", "POST"])
@needs(A.EVENT_EDIT, groups=True)
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign somebody up who stands at the counter or is on the phone; only for who may find people."""
    event, actor, now = own_event(request, pk), actor_of(request), clock.now()
    if P.PEOPLE_FIND not in actor.permissions or not event.with_signup:
        raise Http404
    form = AddForm(request.POST if request.method == "POST" else None, event=event)
    if request.method == "POST" and form.is_valid() and (row := _added(request, form, event)):
        waiting = _("排上候补了：%(name)s") if row.state == "waiting" else _("报上了：%(name)s")
        messages.success(request, waiting % {"name": row.person.display_name})
        return redirect("activities:manage", event.pk)
    return render(
        request, "activities/desk/add.html", {"event": event, "form": form, "when": words.when(event, now)}
    )


def _added(request: HttpRequest, form: AddForm, event: Event) -> Signup | None:
    actor, data, now = actor_of(request), form.cleaned_data, clock.now()
    try:
        person = find_person(actor=actor, text=data["number_or_card"], why="desk", now=now)
        if person is None:
            form.add_error("number_or_card", _("没有这个号码的账号。先在“居民”里当面建一个"))
            return None
        return sign_up(
            event=event.pk,
            person=person,
            companions=form.number,
            by=actor,
            how=How(data["how"]),
            consent=data["consent"],
            now=now,
        )
    except UserError as error:
        blame(form, error)
        return None


@require_POST
@needs(A.EVENT_EDIT, groups=True)
def take_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Cancel for somebody who called; he is told."""
    row = get_object_or_404(Signup.objects.select_related("person"), pk=pk)
    event = own_event(request, row.event_id)
    try:
        cancel_signup(signup=row.pk, by=actor_of(request), now=clock.now())
    except UserError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("取消了：%(name)s") % {"name": row.person.display_name})
    return redirect("activities:manage", event.pk)


@require_safe
@needs(A.EVENT_EDIT, groups=True)
def export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list as an xlsx for the door; that it was taken out stands in the audit."""
    event = own_event(request, pk)
    if request.method == "GET":
        audit.record(
            actor=actor_of(request), action="event.export", subject=event, place=event.place, now=clock.now()
        )
    heads = [
        (_("姓名"), 16),
        (_("带几位"), 8),
        (_("状态"), 10),
        (_("报名时间"), 18),
        (_("怎么报的"), 18),
        (_("签到码"), 14),
        (_("签到时间"), 18),
    ]
    columns = [Column(head, width) for head, width in heads]
    rows = _rows(event) if request.method == "GET" else iter(())
    response = StreamingHttpResponse(xlsx_chunks(columns, rows, title=event.title), content_type=XLSX)
    name = _("%(title)s报名表") % {"title": event.title} + ".xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return cast(HttpResponse, response)


def _rows(event: Event) -> Iterator[list[Value]]:
    """Names as neighbours know them; no numbers of telephones."""
    for row in going.guests(event).iterator(500):
        came = f"{timezone.localtime(row.came_at):%Y-%m-%d %H:%M}" if row.came_at else ""
        yield [
            row.person.display_name, row.companions, str(row.get_state_display()), f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}",
            str(row.get_how_display()), row.code, came,
        ]  # fmt: skip
