"""What the account pages show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from linli.common import slots
from linli.common.models import AuditRow, Session

from ..account_words import say
from ..models import Person, Post
from ..rules import ResidencyState


@dataclass(frozen=True)
class DemoButton:
    key: str
    name: str
    role: str


def personas() -> list[DemoButton]:
    """Each demo person with what he is; two queries however many there are. Words come from the demo's own slot."""
    words = {entry.key: entry for entry in slots.entries("demo.personas", None)}  # type: ignore[arg-type]
    people = Person.objects.living().exclude(demo_key="").prefetch_related("posts__body").order_by("created_at", "pk")
    return [DemoButton(p.demo_key, p.display_name, _persona_role(p, words.get(p.demo_key))) for p in people]


def _persona_role(person: Person, words: object) -> str:
    if words is not None:
        return f"{words.role}·{words.place}"  # type: ignore[attr-defined]
    posts = [f"{post.body.name}·{post.title}" for post in person.posts.all() if post.until is None]
    return posts[0] if posts else str(_("居民"))


@dataclass(frozen=True)
class Look:
    """One line of who looked at a person's data, or changed it, and why."""

    at: datetime
    who: str
    what: str
    why: str


def looks_at(person: Person, limit: int = 100) -> list[Look]:
    """What others (and the system) did with the person's data, the latest first; three queries."""
    rows = list(AuditRow.objects.filter(about=person.pk).exclude(actor=person.pk).order_by("-id")[:limit])
    posts = _labels(row.post for row in rows)
    names = dict(Person.objects.filter(pk__in={row.actor for row in rows if row.actor}).values_list("pk", "display_name"))
    return [Look(row.at, _who(row, posts, names), *say(row)) for row in rows]


def _labels(keys: Iterable[UUID | None]) -> dict[UUID, str]:
    posts = Post.objects.filter(pk__in={key for key in keys if key}).select_related("body")
    return {post.pk: f"{post.body.name}·{post.title}" for post in posts}


def _who(row: AuditRow, posts: dict[UUID, str], names: dict[UUID, str]) -> str:
    if row.actor is None:
        return str(_("系统"))
    name = names.get(row.actor, str(_("已注销的账号")))
    return f"{posts[row.post]} {name}" if row.post in posts else name


def own_deeds(person: Person, limit: int = 20) -> list[Look]:
    """What the person did with his own account."""
    rows = AuditRow.objects.filter(about=person.pk, actor=person.pk).order_by("-id")[:limit]
    return [Look(row.at, "", *say(row)) for row in rows]


@dataclass(frozen=True)
class Overview:
    homes: list[tuple[str, str, str]]
    posts: list[tuple[str, str]]


def overview(person: Person, day: date) -> Overview:
    """Homes and posts as the account page lists them."""
    live = (ResidencyState.CLAIMED, ResidencyState.VERIFIED)
    rows = person.residencies.filter(state__in=live).select_related("area").order_by("claimed_at")
    homes = [(row.area.name, row.get_kind_display(), row.get_state_display()) for row in rows]
    posts = Post.objects.filter(person=person).held_on(day).select_related("body").order_by("since", "id")
    return Overview(homes, [(post.body.name, post.title) for post in posts])


def other_sessions(person: Person, key_hash: str, now: datetime) -> int:
    """In how many other browsers the person is signed in."""
    return Session.objects.filter(account=str(person.pk), expires__gt=now).exclude(key_hash=key_hash).count()
