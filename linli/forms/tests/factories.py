"""Forms for tests. Not collected by pytest."""

from itertools import count
from pathlib import Path

from linli.forms.actions.fillings import begin_filling, save_step, send_filling
from linli.forms.actions.kinds import create_form, publish_form
from linli.forms.queries import used_version
from linli.forms.rules.parse import from_text
from linli.forms.rules.states import Audience, Channel
from linli.people.policy import Actor
from linli.people.rules import BodyKind, ResidencyKind, Role
from linli.people.tests.factories import NOW, actor_of, make_body, make_person, make_post, make_residency

DATA = Path(__file__).parent.parent / "data"
_n = count(1)

VIEWS = {"cars": 2, "parks": "yard", "plate_wish": True, "trouble": ["full", "walk"], "measures": ["line"], "fee_ok": False}
ALLOWANCE = {
    "name": "周秀英", "id_number": "11010519491231002X", "born": "1945-12-31", "age": 81, "phone": "+8613800001234", "address": "3 幢 101",
    "registered": True, "living": "alone", "bank": "rcb", "card": "6222020000000001", "holder_is_self": True, "by_self": True, "agree": True,
}  # fmt: skip


def example(name):
    return from_text((DATA / f"{name}.json").read_text(encoding="utf-8"))


def make_form(place, name="parking-views", body=None, *, audience=Audience.ANYONE, key=None, published=True, now=NOW):
    body = body or make_body(BodyKind.RESIDENTS_COMMITTEE, place)
    found = example(name)
    kind = create_form(
        key=key or f"{name}-{next(_n)}", title=str(found.title), body=body, place=place, audience=audience, by=None, now=now, definition=found
    )
    if published:
        draft = kind.versions.get()
        publish_form(draft=draft, revision=draft.revision, why="第一版", by=None, now=now)
    return kind


def make_filling(kind, person=None, by=None, channel=Channel.WEB, now=NOW, **more):
    actor = by or Actor(person=person)
    return begin_filling(version=used_version(kind), person=person, by=actor, channel=channel, now=now, **more)


def fill_in(filling, answers, by=None, now=NOW, send=True):
    """All of the answers at once, and sent."""
    by = by or Actor(person=filling.person)
    saved = save_step(filling=filling, fields=[*answers], values=answers, page="", by=by, now=now)
    return send_filling(filling=saved, by=by, now=now) if send else saved


def make_clerk(place, kind=BodyKind.RESIDENTS_COMMITTEE, role=Role.RESIDENTS_COMMITTEE, body=None, name="沈玉兰"):
    return make_post(make_person(name), body or make_body(kind, place), role).person


__all__ = [
    "ALLOWANCE", "NOW", "VIEWS", "Actor", "ResidencyKind", "actor_of", "example", "fill_in", "make_body", "make_clerk", "make_filling", "make_form",
    "make_person", "make_post", "make_residency",
]  # fmt: skip
