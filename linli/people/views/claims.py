"""The claims desk: what waits in one's places, decided, with names and numbers masked until a purpose is given."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.common import clock
from linli.common.errors import NotAllowed, UserError

from ..access import needs, require
from ..actions.claims import decide_claim, verify_in_person
from ..actions.residency import end_residency
from ..actions.reveal import reveal
from ..claim_clock import due_day
from ..forms.claims import SEEN, CounterForm, DecideForm, FilterForm, LookForm
from ..models import Person, Residency
from ..permissions import P
from ..policy import may
from ..queries import claims as queries
from ..queries.residency import existing_place, masked_name, occupants, place_name, steps_down
from ..rules import OF_HOME, RESIDENCY, ResidencyKind, ResidencyState, RevealField
from .claiming import show_error, typed
from .residency import card, timeline

Level = queries.Level


def _filters(request: HttpRequest) -> tuple[FilterForm, queries.Filters, str]:
    """What the address chooses; its query again, for links that keep it."""
    places = queries.desk_places(request.actor)  # type: ignore[attr-defined]
    form = FilterForm(request.GET, places=[(str(a.pk), a.name) for a in places])
    form.is_valid()
    got = form.cleaned_data
    place = next((a for a in places if str(a.pk) == got.get("place")), None)
    try:
        after = UUID(request.GET["after"])
    except (KeyError, ValueError):
        after = None
    kinds = tuple(got.get("kind") or ())
    late = got.get("wait") == "late"
    pairs = {"kind": kinds, "place": place.pk if place else (), "wait": "late" if late else ()}
    return form, queries.Filters(kinds, place, late, after), urlencode({k: v for k, v in pairs.items() if v}, doseq=True)


def _desk(request: HttpRequest, row: Residency | None, **extra: Any) -> HttpResponse:
    """The list, and beside it one claim."""
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    form, filters, query = _filters(request)
    rows, after = queries.desk_page(actor, filters, now)
    here = reverse("people:claims")
    more = urlencode([("after", str(after))]) if after else ""
    context = {
        "filter_form": form, "kind_counts": queries.counts_by_kind(actor), "rows": rows, "query": query,
        "next_url": f"{here}?{'&'.join(filter(None, [query, more]))}" if after else "",
        "first_url": f"{here}?{query}" if filters.after else "",
        "total": queries.waiting_count(actor), "chosen": row.pk if row else None, "filtered": bool(query),
    }  # fmt: skip
    if row is not None:
        context |= {**_detail(request, row), **extra}
    return render(request, "people/claims/desk.html", context)


def _detail(request: HttpRequest, row: Residency) -> dict[str, Any]:
    today = clock.local_date(clock.now())
    due = due_day(row.claimed_at, row.area.path)
    phone = row.person.identifiers.current().filter(kind="phone").exclude(verified_at=None).exists()
    return {
        **card(row, place_name(row.area)),
        "masked": masked_name(row.person),
        "has_name": bool(row.person.legal_name),
        "has_phone": phone,
        "note": row.note if row.state == ResidencyState.CLAIMED else "",  # written to those who decide
        "due": due,
        "late": row.state == ResidencyState.CLAIMED and due < today,
        "there": occupants(row.area, today, but=row.person) if row.kind in OF_HOME else [],
        "of_home": row.kind in OF_HOME,
        "roll_lines": queries.roll_lines(row.area),
        "steps": timeline(row, for_staff=True),
        "form": DecideForm(),
        "look_form": LookForm(initial={"field": RevealField.LEGAL_NAME}, auto_id="look_%s"),
        "may_reveal": may(request.actor, P.PEOPLE_REVEAL, row.area),  # type: ignore[attr-defined]
        "may_decide": row.state == ResidencyState.CLAIMED,
        "may_end": "end" in RESIDENCY.events(row.state),
    }


def _one(request: HttpRequest, pk: UUID) -> Residency:
    row = Residency.objects.filter(pk=pk).select_related("area", "person").first()
    if row is None:
        raise Http404
    require(request.actor, P.CLAIMS_DECIDE, row.area)  # type: ignore[attr-defined]
    return row


@needs(P.CLAIMS_DECIDE)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    return _desk(request, None)


@needs(P.CLAIMS_DECIDE)
@require_safe
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _desk(request, _one(request, pk))


def _back(request: HttpRequest, *, pk: UUID | None = None) -> HttpResponse:
    url = reverse("people:claims_one", args=[pk]) if pk else reverse("people:claims")
    query = _filters(request)[2]
    return redirect(f"{url}?{query}" if query else url)


@needs(P.CLAIMS_DECIDE)
@require_POST
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _one(request, pk)
    verify = request.POST.get("do") == "verify"
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _desk(request, row, form=form)
    with translation.override(row.person.language):
        reason = form.cleaned_data["words"].strip() if verify else form.refusal(str)
    try:
        decide_claim(by=request.actor, residency_id=pk, verify=verify, now=clock.now(), reason=reason)  # type: ignore[attr-defined]
    except NotAllowed:
        raise Http404 from None
    except UserError as error:
        show_error(form, error)
        return _desk(request, _one(request, pk), form=form)
    name = place_name(row.area)
    text = _("%(place)s：核实通过，已告诉本人") if verify else _("%(place)s：没有通过，理由已告诉本人")
    messages.success(request, text % {"place": name})
    return _back(request)


@needs(P.CLAIMS_DECIDE)
@require_POST
def look(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One fact in clear, in this answer alone; the person sees that it was looked at."""
    row = _one(request, pk)
    form = LookForm(request.POST, auto_id="look_%s")
    if not form.is_valid():
        return _desk(request, row, look_form=form)
    answers = form.cleaned_data
    try:
        text = reveal(
            actor=request.actor, person=row.person, field=answers["field"], purpose=answers["purpose"], place=row.area,  # type: ignore[attr-defined]
            words=answers["words"], now=clock.now(),
        )  # fmt: skip
    except NotAllowed:
        raise Http404 from None
    except UserError as error:
        show_error(form, error)
        return _desk(request, row, look_form=form)
    label = RevealField(answers["field"]).label
    return _desk(request, row, look_form=form, shown={"label": label, "text": text or _("没有登记")})


@needs(P.CLAIMS_DECIDE)
@require_POST
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _one(request, pk)
    try:
        end_residency(by=request.actor, residency_id=pk, now=clock.now(), reason=request.POST.get("reason", "")[:200])  # type: ignore[attr-defined]
    except NotAllowed:
        raise Http404 from None
    except UserError as error:
        return _desk(request, row, end_error=str(error))
    messages.success(request, _("记下了：已搬走，这里的权利从现在起没有了"))
    return _back(request, pk=pk)


@needs(P.CLAIMS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: HttpRequest) -> HttpResponse:
    """Somebody stands at the counter with his papers: choose the door, key in his card, look once more, done."""
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    at = existing_place(request.GET.get("at"), clock.local_date(now))
    steps = steps_down(at, clock.local_date(now), within=actor.paths_for(P.CLAIMS_DECIDE))
    if steps is None or (at is not None and not steps.options and not may(actor, P.CLAIMS_DECIDE, at)):
        raise Http404
    area = steps.at
    context: dict[str, Any] = {
        "at": area, "crumbs": _crumbs(steps.above), "links": _crumbs(steps.options), "place": place_name(area)
    }  # fmt: skip
    if area.level in (Level.HOME, Level.COMMUNITY) and may(actor, P.CLAIMS_DECIDE, area):
        form = CounterForm(typed(request), of_home=area.level == Level.HOME)
        context |= {"form": form, "there": occupants(area, clock.local_date(now)) if area.level == Level.HOME else []}
        if request.method == "POST" and form.is_valid():
            person = Person.objects.living().filter(code=form.cleaned_data["card"]).first()
            if person is None:
                form.add_error("card", _("没有这个卡号。请再看一遍，或先替他开户"))
            elif "sure" not in request.POST:
                context |= {"found": masked_name(person), "answers": _answers(form)}
            elif response := _verify_at_counter(request, form, person, area):
                return response
    return render(request, "people/claims/counter.html", context)


def _crumbs(areas: list[Any]) -> list[dict[str, str]]:
    url = reverse("people:counter")
    return [{"label": area.name, "url": f"{url}?at={area.pk}"} for area in areas]


def _answers(form: CounterForm) -> list[dict[str, str]]:
    got = form.cleaned_data
    rows = [
        {"label": _("关系"), "value": str(ResidencyKind(got["kind"]).label)},
        {"label": _("看过"), "value": str(dict(SEEN)[got["seen"]])},
    ]
    if got["kind"] == ResidencyKind.TENANT and got["until"]:
        rows.append({"label": _("合同到"), "value": got["until"].isoformat()})
    return rows


def _verify_at_counter(request: HttpRequest, form: CounterForm, person: Person, area: Any) -> HttpResponse | None:
    got = form.cleaned_data
    with translation.override(person.language):
        seen = str(dict(SEEN)[got["seen"]])
    try:
        row = verify_in_person(
            by=request.actor, person=person, area=area, kind=got["kind"], seen=seen, until=got["until"], now=clock.now()  # type: ignore[attr-defined]
        )  # fmt: skip
    except UserError as error:
        show_error(form, error)
        return None
    messages.success(request, _("核实好了，已告诉本人"))
    return redirect("people:claims_one", row.pk)
