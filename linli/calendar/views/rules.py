"""The periods of a place: what holds, what held, and a new version from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.areas.api import Area, Level, full_name
from linli.common import clock
from linli.common.errors import UserError
from linli.design import dates
from linli.people.access import needs
from linli.people.api import Actor, Person

from .. import queries
from ..actions.rules import set_rule
from ..forms.rules import RuleForm
from ..kinds import RuleKind, rule_kinds
from ..models import DeadlineRule
from ..permissions import C, may_set
from ..rules import Period, due
from ..words import said

FRIDAY, KNOCK_OFF = 4, time(17)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@require_safe
@needs(C.DEADLINES_SET)
def index(request: HttpRequest) -> HttpResponse:
    """The actor's own places and the communities below them."""
    actor = _actor(request)
    if actor.acting is None or not actor.acting.is_head:
        raise Http404
    mine = Area.objects.under_any(actor.paths_for(C.DEADLINES_SET))
    places = mine.filter(level__range=(Level.STREET, Level.COMMUNITY), valid_to=None).order_by("path")
    rows = [
        {
            "name": full_name(place) if place.level > Level.STREET else place.name, "url": reverse("calendar:rules_place", args=[place.pk]),
            "periods": [(kind.label, _holding(kind, place)) for kind in rule_kinds()],
        }
        for place in places
    ]  # fmt: skip
    return render(request, "calendar/rules.html", {"rows": rows})


def _holding(kind: RuleKind, place: Area) -> str:
    rule = queries.rule_for(place, kind.key, clock.now())
    return said(rule.period if rule else kind.default)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(C.DEADLINES_SET)
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """One place, one kind of matter (`?key=`); a new version is shown as an example before it is kept."""
    area = get_object_or_404(Area, pk=pk, valid_to=None)
    actor, now = _actor(request), clock.now()
    if not may_set(actor, area):
        raise Http404
    kinds = rule_kinds()
    kind = next((one for one in kinds if one.key == request.GET.get("key")), kinds[0])
    rule = queries.rule_for(area, kind.key, now)
    holds, today = rule.period if rule else kind.default, clock.local_date(now)
    form = RuleForm(
        request.POST if request.method == "POST" else None,
        current=holds,
        cap=rule.pause_cap if rule else None,
        usual=kind.pause_cap,
        today=today,
    )
    preview = ""
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["valid_from"] < today:
            form.add_error("valid_from", _("规则不能从过去的日期起生效"))
        elif "save" not in request.POST:
            preview = example(form.period, form.cleaned_data["valid_from"], now)
        elif _save(form, area, kind, actor, now):
            messages.success(
                request,
                _("定好了，从%(day)s起") % {"day": dates.day_text(form.cleaned_data["valid_from"], now)},
            )
            return redirect(f"{reverse('calendar:rules_place', args=[pk])}?key={kind.key}")
    context = {
        "place": full_name(area) if area.level > Level.STREET else area.name, "area": area, "kind": kind, "form": form,
        "kinds": [{"label": one.label, "url": f"?key={one.key}", "current": one is kind} for one in kinds],
        "holds": said(holds), "holds_example": example(holds, today, now), "own": rule is not None and rule.place_id == area.pk,
        "whence": rule.place.name if rule else "", "preview": preview, "versions": versions(area, kind.key, today),
    }  # fmt: skip
    return render(request, "calendar/rules_place.html", context)


def _save(form: RuleForm, area: Area, kind: RuleKind, actor: Actor, now: datetime) -> bool:
    data = form.cleaned_data
    try:
        set_rule(
            place=area, key=kind.key, period=form.period, by=actor, now=now, pause_cap=data["pause_cap"], starts=str(kind.starts),
            valid_from=data["valid_from"],
        )  # fmt: skip
    except UserError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    return True


def example(period: Period, day: date, now: datetime) -> str:
    """What it means, by the first Friday at 17:00 from a day on: the weekend shows what is counted."""
    friday = day + timedelta(days=(FRIDAY - day.weekday()) % 7)
    start = datetime.combine(friday, KNOCK_OFF, clock.SHANGHAI)
    found = due(start, period, queries.days())
    facts = {"from": f"{dates.day_text(start, now)}（{dates.weekday_text(friday)}）17:00"}
    if found.day is None:
        text = _("%(from)s 来的，%(until)s 到期") % {**facts, "until": dates.moment_text(found.moment, now)}
    else:
        until = f"{dates.day_text(found.day, now)}（{dates.weekday_text(found.day)}）"
        text = _("%(from)s 来的，%(until)s到期") % {**facts, "until": until}
    return f"{text}{_('。那年的放假表还没公布，可能会变')}" if found.provisional else text


@dataclass(frozen=True)
class Version:
    """One version as the page shows it; `state`: current, coming or former."""

    number: int
    said: str
    cap: int | None
    roll: bool
    since: date
    who: str
    at: datetime
    state: str


def versions(area: Area, key: str, today: date) -> list[Version]:
    """The place's own versions, the newest first."""
    rows = list(DeadlineRule.objects.filter(place=area, key=key).order_by("-version"))
    people = Person.objects.in_bulk({row.made_by for row in rows if row.made_by})
    current = next((row.version for row in rows if row.valid_from <= today), None)
    found = []
    for row in rows:
        who: Any = people.get(row.made_by) if row.made_by else None
        state = "coming" if row.valid_from > today else "current" if row.version == current else "former"
        found.append(
            Version(
                row.version,
                said(row.period),
                row.pause_cap,
                row.roll,
                row.valid_from,
                who.display_name if who else "",
                row.made_at,
                state,
            )
        )
    return found
