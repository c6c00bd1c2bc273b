"""How far a person is trusted, and whether he may write now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.areas.api import Area
from linli.common import prepared
from linli.people.api import Actor, Person, Residency, ResidencyState

from ..models import Act, Pause, Post
from ..rules import PostState
from ..speech_rules import AGAINST, Level, level_of


def level_at(actor: Actor, place: Area, levels: tuple[Level, ...], now: datetime) -> int:
    """The level of the person who writes; an office's post has the highest. Three small statements."""
    if actor.person is None:
        return 0
    if actor.acting is not None:
        return len(levels) - 1
    memo = f"forum.level {place.path}"
    if memo not in actor.memo:
        actor.memo[memo] = level_of_person(actor.person, levels, now)
    return int(actor.memo[memo])


def level_of_person(person: Person, levels: tuple[Level, ...], now: datetime) -> int:
    """By days since his first verified home, shown posts, and days since the last act against him that stands."""
    return level_of(levels, **conduct_of(person, levels, now))


def conduct_of(person: Person, levels: tuple[Level, ...], now: datetime) -> dict[str, Any]:
    """What a level needs, as far as the person has it: days, posts, and quiet (None where nothing stands against him)."""
    since = prepared.rows(_first_home, values=(person.pk,))
    enough = max(level.posts for level in levels)
    posts = len(prepared.rows(_shown_of, enough, values=(person.pk,))) if enough else 0
    last = prepared.rows(_last_act, values=(person.pk,))
    days, quiet = (now - since[0][0]).days if since else 0, (now - last[0][0]).days if last else None
    return {"days": days, "posts": posts, "quiet": quiet}


def _first_home(person: UUID) -> QuerySet[Residency, Any]:
    homes = Residency.objects.filter(person=person, state=ResidencyState.VERIFIED)
    return homes.order_by("claimed_at").values_list("claimed_at")[:1]


def _shown_of(most: int, person: UUID) -> QuerySet[Post, Any]:
    return Post.objects.filter(author=person, state=PostState.SHOWN, body=None).values_list("pk")[:most]


def _last_act(person: UUID) -> QuerySet[Act, Any]:
    return acts_against(person).order_by("-at").values_list("at")[:1]


def newcomers(people: Iterable[Any], levels: tuple[Level, ...], now: datetime) -> set[Any]:
    """Those without a home here for the days that the second level needs; whoever has long lived here is none,
    even where he has never written. One statement."""
    keys = set(people)
    old = _settled(_settled_by(levels, now)).filter(person__in=keys)
    return keys - set(old.values_list("person", flat=True))


def _settled_by(levels: tuple[Level, ...], now: datetime) -> datetime:
    return now - timedelta(days=levels[1].days if len(levels) > 1 else 0)


def _settled(by: datetime) -> QuerySet[Residency]:
    return Residency.objects.filter(state=ResidencyState.VERIFIED, claimed_at__lte=by)


def writers_since(topic: int, since: datetime, now: datetime, levels: tuple[Level, ...], *, after: int) -> tuple[int, int]:
    """How many newcomers, and how many others, wrote in the topic since then in posts after this number."""
    rows = prepared.rows(_writers, values=(topic, after, since, now, _settled_by(levels, now)))
    new = sum(not settled for _author, settled in rows)
    return new, len(rows) - new


def _writers(topic: int, after: int, since: datetime, now: datetime, by: datetime) -> QuerySet[Post, Any]:
    rows = Post.objects.filter(topic=topic, number__gt=after, at__gt=since, at__lte=now, body=None).exclude(author=None)
    return rows.order_by().values_list("author", Exists(_settled(by).filter(person=OuterRef("author")))).distinct()


def acts_against(person: Person | UUID) -> QuerySet[Act]:
    """What stands against a person, also from an account that was joined with his."""
    mine = Q(person=person) | Q(person__merged_into=person)
    return Act.objects.filter(mine, kind__in=AGAINST, undone_by=None)


def pause_of(person: Person, place: Area, now: datetime) -> Pause | None:
    """The pause that keeps the person from writing at the place now: the one that ends last."""
    rows = prepared.objects(_pauses, values=(person.pk, now))
    return next((pause for pause in rows if place.path.startswith(pause.place.path)), None)


def _pauses(person: UUID, now: datetime) -> QuerySet[Pause]:
    """Those of a person that run now, wherever, the one that ends last first."""
    return Pause.objects.filter(person=person, until__gt=now, ended_at=None).select_related("place").order_by("-until")


def recent_posts(
    person: Person, since: datetime, now: datetime, most: int
) -> list[tuple[datetime, int, int, str]]:
    """What a person wrote since then, the newest first: when, in which topic, its number there, and its text."""
    return prepared.rows(_recent, most, values=(person.pk, since, now))  # type: ignore[return-value]


def _recent(most: int, person: UUID, since: datetime, now: datetime) -> QuerySet[Post, Any]:
    rows = Post.objects.filter(author=person, body=None, at__gt=since, at__lte=now).order_by("-at")
    return rows.values_list("at", "topic_id", "number", "text")[:most]
