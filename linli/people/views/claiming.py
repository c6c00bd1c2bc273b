"""Claiming a home or a community: one question a page, by links and forms alone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.areas.api import Level
from linli.common import clock
from linli.common.errors import UserError
from linli.design import dates

from ..access import public, signed_in
from ..actions.claims import match_roll, verify_with_code
from ..actions.code_tries import try_code
from ..actions.home_codes import read_code
from ..actions.residency import claim_residency, stay_until
from ..address import client_address
from ..claim_clock import due_day
from ..forms.residency import CodeForm, KindForm, PlaceForm, ProofForm
from ..models import Identifier, Residency
from ..queries import residency as queries
from ..rules import ResidencyKind, ResidencyState
from . import claim_draft as drafts

STEPS = {"kind": 1, "home": 2, "place": 2, "proof": 3, "check": 4}


def page(request: HttpRequest, step: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"people/residency/{step}.html", {"step": STEPS[step], "steps": 4, **context})


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, even where that is nothing."""
    return request.POST if request.method == "POST" else None


def show_error(form: forms.Form, error: UserError) -> None:
    """The message at its field, or over the form where the field is not in it."""
    form.add_error(error.field if error.field in form.fields else None, str(error))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: HttpRequest) -> HttpResponse:
    draft = drafts.read(request)
    form = KindForm(typed(request), initial={"kind": draft.kind})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["kind"]
        was_of_home, draft.kind = draft.of_home, chosen
        if draft.of_home != was_of_home or not draft.of_home:
            draft.area, draft.code, draft.asked = None, "", False
        drafts.keep(request, draft)
        return redirect("people:claim_home" if draft.of_home else "people:claim_place")
    return page(request, "kind", {"form": form, "scanned": request.session.get(drafts.SCANNED)})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """By the paper code, or on to the address."""
    draft = drafts.read(request)
    if not draft.of_home:
        return redirect("people:claim" if not draft.kind else "people:claim_place")
    form = CodeForm(typed(request), initial={"code": request.session.get(drafts.SCANNED, "")})
    if request.method == "POST" and form.is_valid():
        try:
            code = try_code(
                by=request.actor, address=client_address(request), typed=form.cleaned_data["code"], now=clock.now()
            )
        except UserError as error:
            show_error(form, error)
        else:
            draft.area, draft.code, draft.asked = code.home_id, str(code.pk), False
            drafts.keep(request, draft)
            request.session.pop(drafts.SCANNED, None)
            return redirect("people:claim_proof")
    return page(request, "home", {"form": form, "draft": draft})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    """Down to the door, by names alone."""
    draft = drafts.read(request)
    if not draft.kind:
        return redirect("people:claim")
    today = clock.local_date(clock.now())
    form = PlaceForm(typed(request))
    if request.method == "POST" and form.is_valid():
        area = queries.existing_place(form.cleaned_data["area"], today)
        wanted = Level.HOME if draft.of_home else Level.COMMUNITY
        if area is not None and area.level == wanted:
            draft.area, draft.code, draft.asked = area.pk, "", False
            drafts.keep(request, draft)
            return redirect("people:claim_proof")
        form.add_error("area", _("请选到门牌号这一级") if draft.of_home else _("请选一个社区"))
    at = queries.existing_place(request.GET.get("at"), today)
    steps = queries.steps_down(at, today)
    if steps is None:
        raise Http404
    if not draft.of_home and steps.at.level == Level.COMMUNITY:
        steps = queries.Steps(steps.at, steps.above, [])
    return page(request, "place", {"form": form, "draft": draft, **place_context(steps, draft.of_home)})


def place_context(steps: queries.Steps, of_home: bool) -> dict[str, Any]:
    """Links down and up, and the doors where they are reached. Doors beside houses come as both."""
    url = reverse("people:claim_place")
    homes = [area for area in steps.options if area.level == Level.HOME] if of_home else []
    links = [{"label": a.name, "url": f"{url}?at={a.pk}"} for a in steps.options if a.level != Level.HOME]
    crumbs = [{"label": a.name, "url": f"{url}?at={a.pk}"} for a in steps.above]
    community = steps.at if not of_home and steps.at.level == Level.COMMUNITY else None
    return {"at": steps.at, "links": links, "homes": homes, "crumbs": crumbs, "community": community}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def proof(request: HttpRequest) -> HttpResponse:
    draft = drafts.read(request)
    area = draft.place()
    if area is None:
        return redirect("people:claim")
    person = request.actor.principal
    today = clock.local_date(clock.now())
    form = ProofForm(
        typed(request),
        initial={"name": draft.name, "until": draft.until, "proof": draft.proof or "roll", "note": draft.note},
        kind=draft.kind,
        has_code=bool(draft.code),
        known_name=bool(person.legal_name),
        has_phone=_has_phone(person),
    )
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            stay_until(draft.kind, answers.get("until"), today)
        except UserError as error:
            show_error(form, error)
        else:
            draft.name, draft.note = answers.get("name", ""), answers["note"]
            draft.until = answers["until"].isoformat() if answers.get("until") else ""
            draft.proof, draft.asked = answers.get("proof", "person"), True
            drafts.keep(request, draft)
            return redirect("people:claim_check")
    context = {"form": form, "draft": draft, "place": queries.place_name(area), "area": area}
    due = due_day(clock.now(), area.path)
    return page(request, "proof", {**context, "committee": queries.committee_of(area, today), "due": due})


def _has_phone(person: Any) -> bool:
    phones = person.identifiers.current().filter(kind=Identifier.Kind.PHONE)
    return bool(phones.exclude(verified_at=None).exists())


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Look once more, then send. The same page sent twice makes one claim."""
    draft = drafts.read(request)
    area = draft.place()
    form = forms.Form(typed(request))
    if area is None or not draft.asked:
        sent = _sent(request)
        return redirect("people:residency_done", sent.pk) if sent else redirect("people:claim")
    if request.method == "POST":
        try:
            row = _send(request, draft, area)
        except UserError as error:
            form.is_valid()
            form.add_error(None, str(error))
        else:
            drafts.forget(request)
            return redirect("people:residency_done", row.pk)
    today = clock.local_date(clock.now())
    context = {"draft": draft, "rows": _summary(draft, area, request.actor.principal), "form": form}
    due = due_day(clock.now(), area.path)
    return page(request, "check", {**context, "committee": queries.committee_of(area, today), "due": due})


def _sent(request: HttpRequest) -> Residency | None:
    """The claim that the same page has made already."""
    key = request.POST.get("key", "")
    mine = Residency.objects.filter(person=request.actor.principal)  # type: ignore[attr-defined]
    return next((row for row in mine if str(row.pk) == key), None)


def _send(request: HttpRequest, draft: drafts.Draft, area: Any) -> Residency:
    by, now = request.actor, clock.now()  # type: ignore[attr-defined]
    row = claim_residency(
        by=by, key=draft.uuid, area=area, kind=draft.kind, now=now, until=draft.until_day, note=draft.note,
        legal_name=draft.name,
    )  # fmt: skip
    if row.state == ResidencyState.CLAIMED and draft.code:
        row = verify_with_code(by=by, residency_id=row.pk, code_id=draft.code, now=now)
    elif row.state == ResidencyState.CLAIMED and draft.proof == "roll" and draft.of_home:
        row = match_roll(by=by, residency_id=row.pk, now=now)
    return row


def _summary(draft: drafts.Draft, area: Any, person: Any) -> list[dict[str, str]]:
    proof_url, now = reverse("people:claim_proof"), clock.now()
    rows = [
        {"label": _("关系"), "value": str(ResidencyKind(draft.kind).label), "url": reverse("people:claim")},
        {
            "label": _("哪一户") if draft.of_home else _("哪个社区"),
            "value": queries.place_name(area),
            "url": reverse("people:claim_home" if draft.of_home else "people:claim_place"),
        },
    ]
    if draft.kind == ResidencyKind.TENANT:
        day = stay_until(draft.kind, draft.until_day, clock.local_date(now))
        rows.append({"label": _("住到"), "value": dates.long_day_text(day) if day else "", "url": proof_url})
    if draft.name:
        rows.append({"label": _("真实姓名"), "value": draft.name, "url": proof_url})
    ways = {"roll": _("对社区名册"), "person": _("居委会当面核实")}
    way = _("入户码，已对上") if draft.code else ways.get(draft.proof, ways["person"])
    rows.append({"label": _("怎么核实"), "value": way, "url": "" if draft.code else proof_url})
    if draft.note:
        rows.append({"label": _("补充的话"), "value": draft.note, "url": proof_url})
    return rows


@public
@require_http_methods(["GET", "HEAD", "POST"])
def scanned(request: HttpRequest, code: str) -> HttpResponse:
    """Where the square on the paper leads. Says nothing about the code but its form; asks nothing of the database."""
    try:
        plain, problem = read_code(code), ""
    except UserError as error:
        plain, problem = "", str(error)
    if request.method == "POST" and plain:
        request.session[drafts.SCANNED] = plain
        response = redirect("people:claim")
    else:
        response = render(request, "people/residency/scanned.html", {"code": plain, "problem": problem})
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store"
    return response
