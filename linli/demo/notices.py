"""Sixty days of notices on every site, written and checked by those who hold the posts, one in each state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from linli.areas.api import Area, Level
from linli.common import clock
from linli.people.api import Actor, Residency, ResidencyKind
from linli.people.policy import load_holdings
from linli.people.rules import Role
from linli.portal import api as portal
from linli.sites.api import site_of

from .notice_texts import Text, texts

if TYPE_CHECKING:
    from .world import World

WRITERS = ("jiang", "song", "tang", "limin")  # of their bodies these personas write
CHECKERS = ("shen",)


def build(world: World) -> None:
    desks = {name: _desk(world, name) for name in dict.fromkeys(text.issuer for text in texts())}
    for text in texts():
        _one(world, text, *desks[text.issuer])
    portal.expire_due(now=world.now)


def _desk(world: World, body: str) -> tuple[Actor, Actor]:
    """Who writes for the body and who checks: personas first, never the same person."""
    posts = [
        post
        for post in world.bodies[body].posts.select_related("person").order_by("since", "pk")
        if post.role not in (Role.CALL_AGENT, Role.AUDITOR, Role.MEDIATOR)
    ]
    known = {key: n for n, key in enumerate(WRITERS)}
    writer = min(posts, key=lambda post: known.get(post.person.demo_key, len(known)))
    checkers = [
        post for post in posts if post.person_id != writer.person_id and post.role != Role.SITE_EDITOR
    ]
    checker = min(checkers, key=lambda post: post.person.demo_key not in CHECKERS)
    return _actor(world, writer), _actor(world, checker)


def _actor(world: World, post: Any) -> Actor:
    holdings = load_holdings(post.person, world.today)
    return Actor(
        person=post.person, holdings=holdings, acting=next(one for one in holdings if one.id == post.pk)
    )


def _one(world: World, text: Text, writer: Actor, checker: Actor) -> None:
    place = world.places[text.place]
    out = _hour(world, text.days)
    written = min(out, world.now) - timedelta(hours=3)
    key = UUID(int=world.rng.getrandbits(128), version=4)
    notice = portal.write_notice(by=writer, key=key, words=_words(world, text, place, out), now=written)
    if text.fate == "draft":
        return
    portal.submit_notice(by=writer, pk=notice.pk, now=written + timedelta(minutes=20))
    if text.fate == "waiting":
        return
    notice = portal.check_notice(by=checker, pk=notice.pk, version=1, now=min(out, world.now))
    if text.fate == "withdrawn":
        portal.withdraw_notice(by=writer, pk=notice.pk, reason=text.why, now=out + timedelta(hours=30))
    elif text.fate == "corrected":
        _correct(world, text, notice, place, writer, checker, out + timedelta(hours=20))
    elif text.fate == "published":
        _read(world, text, notice, place, out)


def _hour(world: World, days: float) -> datetime:
    """So many days ago, within the hours of an office; what is fresh is as fresh as it says."""
    moment = world.now - timedelta(days=days)
    if 0 <= days < 1:
        return moment
    local = moment.astimezone(clock.SHANGHAI)
    return local.replace(
        hour=world.rng.randint(8, 16), minute=world.rng.randrange(0, 60, 5), second=0, microsecond=0
    )


def _words(world: World, text: Text, place: Area, out: datetime, *, title: str = "") -> portal.Words:
    body = world.bodies[text.issuer]
    there = (
        {area.name: area for area in Area.objects.filter(parent=place, level=Level.BUILDING)}
        if text.buildings
        else {}
    )
    ends = clock.start_of(clock.local_date(out + timedelta(days=text.lasts)) + timedelta(days=1))
    return portal.Words(
        site=_site(place), kind=text.kind, level=text.level, title=title or text.title, text=text.text, short=text.short,
        buildings=[there[name] for name in text.buildings], pinned=text.pinned,
        publish_at=out if text.fate == "scheduled" else None, valid_until=ends, contact_name=body.name, contact_phone=body.phone,
    )  # fmt: skip


def _site(place: Area) -> Any:
    site = site_of(place)
    assert site is not None, place
    return site


def _correct(
    world: World, text: Text, old: Any, place: Area, writer: Actor, checker: Actor, at: datetime
) -> None:
    key = UUID(int=world.rng.getrandbits(128), version=4)
    new = portal.correct_notice(by=writer, pk=old.pk, key=key, now=at)
    portal.write_notice(by=writer, key=new.pk, words=_words(world, text, place, at, title=text.later), now=at)
    portal.submit_notice(by=writer, pk=new.pk, now=at)
    portal.check_notice(by=checker, pk=new.pk, version=2, now=at + timedelta(minutes=30))


def _read(world: World, text: Text, notice: Any, place: Area, out: datetime) -> None:
    """A part of the homes has opened it; the more urgent, the more of them. The personas have not: their lamps are lit."""
    share = {"urgent": 0.62, "important": 0.4}.get(text.level, 0.22)
    stays = list(_stays(world, place, set(notice.buildings)))
    portal.note_readings(
        notice=notice,
        stays=[one for one in stays if world.rng.random() < share],
        now=out + timedelta(hours=2),
    )


def _stays(world: World, place: Area, buildings: set[int]) -> Iterator[tuple[UUID, int]]:
    rows = Residency.objects.verified_on(world.today).filter(
        area__path__under=place.path, area__level=Level.HOME
    )
    living = rows.exclude(kind=ResidencyKind.FAMILY).filter(person__demo_key="").order_by("pk")
    for person, home, path in living.values_list("person_id", "area_id", "area__path"):
        if not buildings or buildings & set(map(int, path.strip("/").split("/"))):
            yield person, home
