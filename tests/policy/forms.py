"""Forms in the world of the policy: one of every spot's body with a draft beside it, and what people filled in."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

from linli import forms as app
from linli.areas.api import Area
from linli.common import clock
from linli.forms.api import (
    Audience,
    Channel,
    Filling,
    FormKind,
    FormVersion,
    begin_filling,
    create_form,
    draft_of,
    from_text,
    publish_form,
    save_step,
    send_filling,
)
from linli.people.api import Actor
from linli.people.models import Body, Person, Post
from linli.people.policy import load_holdings
from linli.people.rules import Role

DEFINITION = Path(app.__file__).parent / "data" / "old-age-allowance.json"
EDITORS = {Role.OWNERS_COMMITTEE, Role.RESIDENTS_COMMITTEE, Role.SERVICE_STATION, Role.PROPERTY_COMPANY, Role.STREET_OFFICE}
TYPISTS = {Role.RESIDENTS_COMMITTEE, Role.SERVICE_STATION, Role.STREET_OFFICE, Role.CALL_AGENT}
ANSWERS = {
    "id_number": "11010519491231002X", "born": "1945-12-31", "age": 81, "address": "1 幢", "registered": True, "living": "alone", "bank": "rcb",
    "card": "6222020000000001", "holder_is_self": True, "by_self": True, "agree": True,
}  # fmt: skip
_n = count(1)


def at_spot(area: Area, body: Body, holder: Person, post: Post) -> dict[str, Any]:
    """The form of the spot's body; his own of it, what he sent, and what he types in."""
    form = _form(area, body)
    return {"form": form, "sent_form": _sent(form, holder), "typed_form": _typed(form, holder)} | of_person(holder, form)


def of_body(role: Role, place: Area, body: Body, who: Person, post: Post) -> dict[str, Any]:
    """The same of the actor's own body, where his role makes forms, and what he types in, where it types."""
    found: dict[str, Any] = {}
    if role in EDITORS:
        form = _form(place, body)
        found |= {"form": form, "sent_form": _sent(form, who)}
    if role in TYPISTS:
        found["typed_form"] = _typed(_form(place, body), who)
    return found


def of_person(who: Person, form: FormKind | None = None) -> dict[str, Any]:
    """A form that he has begun."""
    return {"filling": _begin(form or FormKind.objects.earliest("made_at"), who, Actor(person=who))}


def _form(place: Area, body: Body) -> FormKind:
    now, definition = clock.now(), from_text(DEFINITION.read_text(encoding="utf-8"))
    form = create_form(
        key=f"form-{next(_n)}", title="津贴", body=body, place=place, audience=Audience.ANYONE, by=None, now=now, definition=definition
    )
    publish_form(draft=draft_of(kind=form, by=None, now=now), revision=0, why="用", by=None, now=now)
    draft_of(kind=form, by=None, now=now)
    return form


def _begin(form: FormKind, who: Person, by: Actor, channel: Channel = Channel.WEB) -> Filling:
    version = FormVersion.objects.get(kind=form, state="published")
    return begin_filling(version=version, person=who, by=by, channel=channel, now=clock.now())


def _sent(form: FormKind, who: Person) -> Filling:
    filling = _begin(form, who, Actor(person=who))
    filling = save_step(filling=filling, fields=[*ANSWERS], values=ANSWERS, page="", by=None, now=clock.now())
    return send_filling(filling=filling, by=None, now=clock.now())


def _typed(form: FormKind, who: Person) -> Filling:
    holdings = load_holdings(who, clock.local_date(clock.now()))
    return _begin(form, who, Actor(person=who, holdings=holdings, acting=holdings[0]), Channel.COUNTER)
