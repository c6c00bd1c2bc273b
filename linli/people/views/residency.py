"""One's own residencies: the list, each with its history, and its ends."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.common import clock
from linli.common.errors import UserError
from linli.design import dates

from ..access import signed_in
from ..actions.residency import end_residency, renew, withdraw_claim
from ..claim_clock import due_day
from ..forms.residency import EndForm, RenewForm
from ..models import Residency
from ..queries import claims as desk
from ..queries import residency as queries
from ..rules import RESIDENCY, MandateScope, ResidencyKind, ResidencyState
from .claiming import show_error, typed

LOOKS = {
    ResidencyState.VERIFIED: ("good", "check"),
    ResidencyState.CLAIMED: ("wait", "clock"),
    ResidencyState.REFUSED: ("bad", "close"),
}


def events() -> dict[str, str]:
    """What each step is called in a history."""
    return {
        "claim": _("提交认领"), "claim_again": _("重新认领"), "verify": _("通过核实"), "refuse": _("没有通过"),
        "withdraw": _("自己撤回"), "end": _("搬走了"), "expire": _("到期"), "renew": _("续期了"),
        "merge": _("账号合并，这一条并掉了"), "code_seen": _("入户码对上了"), "roll_missed": _("名册没有对上"),
    }  # fmt: skip


def own(request: HttpRequest, pk: UUID) -> Residency:
    """One's own, or that of whom one acts for; 404 for any other."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.may_for_other(MandateScope.ACCOUNT):
        raise Http404
    row = Residency.objects.filter(pk=pk, person=actor.principal).select_related("area", "person").first()
    if row is None:
        raise Http404
    return row


def card(row: Residency, name: str) -> dict[str, Any]:
    """A residency as the pages show it."""
    kind, icon = LOOKS.get(ResidencyState(row.state), ("", ""))
    return {
        "row": row, "place": name, "kind": ResidencyKind(row.kind).label,
        "tag": {"text": ResidencyState(row.state).label, "kind": kind, "icon": icon},
    }  # fmt: skip


@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    if not request.actor.may_for_other(MandateScope.ACCOUNT):  # type: ignore[attr-defined]
        raise Http404
    rows = queries.mine(request.actor.principal)  # type: ignore[attr-defined]
    names = queries.place_names(row.area for row in rows)
    return render(request, "people/residency/list.html", {"cards": [card(row, names[row.area_id]) for row in rows]})


def timeline(row: Residency, *, for_staff: bool = False) -> list[dict[str, Any]]:
    """The history as the design's timeline; staff appear by name, neighbours who did not act for the office do not."""
    steps, now, titles = [], clock.now(), events()
    for n, event in enumerate(desk.history(row)):
        who = event.by.display_name if event.by and (event.post_id or (event.by_id == row.person_id and not for_staff)) else ""
        bad = event.event in ("refuse", "roll_missed")
        state = "bad" if bad else "now" if n == 0 and row.state == ResidencyState.CLAIMED else ""
        meta = [dates.moment_text(event.at, now), *([who] if who else [])]
        steps.append({"title": titles.get(event.event, event.event), "state": state, "meta": meta, "text": event.reason})
    return steps


@signed_in
@require_safe
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = own(request, pk)
    today = clock.local_date(clock.now())
    allowed = RESIDENCY.events(row.state)
    context = {
        **card(row, queries.place_name(row.area)),
        "steps": timeline(row),
        "may_withdraw": "withdraw" in allowed,
        "may_end": "end" in allowed,
        "may_renew": "renew" in allowed and row.kind == ResidencyKind.TENANT,
        "may_claim_again": "claim_again" in allowed,
        "committee": queries.committee_of(row.area, today),
        "due": due_day(row.claimed_at, row.area.path),
    }
    return render(request, "people/residency/one.html", context)


@signed_in
@require_safe
def done(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What has become of the claim just sent, who decides, by when."""
    row = own(request, pk)
    today = clock.local_date(clock.now())
    context = {
        **card(row, queries.place_name(row.area)),
        "committee": queries.committee_of(row.area, today),
        "due": due_day(row.claimed_at, row.area.path),
        "verified": row.state == ResidencyState.VERIFIED,
        "why": next((step["text"] for step in timeline(row) if step["text"]), ""),
    }
    return render(request, "people/residency/done.html", context)


@signed_in
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    own(request, pk)
    try:
        withdraw_claim(by=request.actor, residency_id=pk, now=clock.now())  # type: ignore[attr-defined]
    except UserError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("认领撤回了"))
    return redirect("people:residency_one", pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = own(request, pk)
    if "end" not in RESIDENCY.events(row.state):
        return redirect("people:residency_one", pk)
    form = EndForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            end_residency(by=request.actor, residency_id=pk, now=clock.now())  # type: ignore[attr-defined]
        except UserError as error:
            show_error(form, error)
        else:
            messages.success(request, _("记下了：您已搬走。这个小区的权利从现在起没有了"))
            return redirect("people:residency")
    return render(request, "people/residency/end.html", {"form": form, **card(row, queries.place_name(row.area))})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def prolong(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = own(request, pk)
    if row.kind != ResidencyKind.TENANT or "renew" not in RESIDENCY.events(row.state):
        return redirect("people:residency_one", pk)
    form = RenewForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            renew(by=request.actor, residency_id=pk, now=clock.now(), until=form.cleaned_data["until"])  # type: ignore[attr-defined]
        except UserError as error:
            show_error(form, error)
        else:
            messages.success(request, _("续好了"))
            return redirect("people:residency_one", pk)
    return render(request, "people/residency/renew.html", {"form": form, **card(row, queries.place_name(row.area))})
