"""A notice stands as a topic where its audience talks: one topic, in the board of the place that it is for.

One talk is read better than twelve halves of it: the boards below show an important one on top (`news.from_above`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.areas.api import Area, Level, title
from linli.common.pagecache import bump
from linli.people.api import Body, BodyKind
from linli.sites.api import absolute

from ..findable import find_post
from ..models import Board, Post, Topic
from ..rules import NAME, TITLE, Pin
from .posts import locked
from .topics import open_topic_of
from .touching import touch_topic
from .writing import count_in, dish

PINS = {"important": Pin.IMPORTANT, "urgent": Pin.URGENT}
LANGUAGE = "zh-hans"  # what is written into a post is in the site's language


@dataclass(frozen=True)
class Said:
    """What the forum knows of a notice."""

    notice: UUID
    title: str
    short: str
    level: str
    issuer: UUID
    place: int
    url_path: str
    published_at: datetime
    valid_until: datetime
    corrects: UUID | None = None


def source_of(notice: UUID) -> str:
    return f"notice:{notice}"


def board_for(place: Area) -> Board | None:
    """The board without theme of the place, or of the nearest place above that has one; streets get theirs with their first notice."""
    found = Board.objects.filter(place__in=[place.pk, *place.ancestor_ids], theme="").select_related("place")
    board = found.order_by("-place__level").first()
    if place.level > Level.COMMUNITY or (board is not None and board.place_id == place.pk):
        return board
    if place.level < Level.DISTRICT:
        return board
    board, made = Board.objects.get_or_create(place=place, theme="", defaults={"name": title(place)[:NAME], "order": 0})
    if made:
        bump("boards")
    return board


@transaction.atomic
def open_notice(*, said: Said, now: datetime) -> Topic | None:
    """The notice's topic, once; None where it is a group's own, or nobody has a board for it."""
    body = Body.objects.filter(pk=said.issuer).exclude(kind__in=[BodyKind.SOCIAL_ORG, BodyKind.MERCHANT]).first()
    place = Area.objects.filter(pk=said.place).first()
    board = board_for(place) if body and place else None
    if body is None or board is None:
        return None
    there = Topic.objects.filter(source=source_of(said.notice)).first()
    if there is not None:
        return there
    holds = said.valid_until > now
    with override(LANGUAGE):
        text = _text(said, body.name)
    topic = open_topic_of(
        board=board, title=said.title[:TITLE], text=text, source=source_of(said.notice), body=body.pk, now=min(said.published_at, now),
        pin=PINS.get(said.level, Pin.NONE) if holds else Pin.NONE, pinned_until=said.valid_until if holds else None,
    )  # fmt: skip
    if said.corrects is not None:
        _correct(said.corrects, topic, now)
    return topic


@transaction.atomic
def end_notice(*, notice: UUID, how: str, now: datetime) -> None:
    """No longer pinned; a notice taken back is said so in its topic. Done twice it is done once."""
    for key in Topic.objects.filter(source=source_of(notice)).values_list("pk", flat=True):
        topic = locked(key)
        if how == "withdraw":
            with override(LANGUAGE):
                say(topic, _("这条公告撤回了，上面写的不作数。"), f"withdrawn:{notice}:{key}", now)
        _unpin(topic)


def say(topic: Topic, text: str, why: str, now: datetime) -> None:
    """A post of the topic's office that nobody signed, once for each `why`: the system was told. The topic is locked."""
    key = uuid5(NAMESPACE_URL, f"linli:forum:{why}")
    if Post.objects.filter(key=key).exists():
        return
    number = topic.last_number + 1
    post = Post.objects.create(topic=topic, number=number, author=None, body_id=topic.body_id, text=text, at=now, key=key)
    topic.last_number = number
    Topic.objects.filter(pk=topic.pk).update(last_number=number)
    dish(post)
    count_in(post, now)
    find_post(post)
    touch_topic(topic)


def _correct(former: UUID, topic: Topic, now: datetime) -> None:
    for key in Topic.objects.filter(source=source_of(former)).exclude(pk=topic.pk).values_list("pk", flat=True):
        old = locked(key)
        with override(LANGUAGE):
            words = _("这条公告更正了，以新的为准：%(url)s") % {"url": absolute(f"/topics/{topic.pk}/")}
            say(old, words, f"corrected:{former}:{key}", now)
        _unpin(old)


def _unpin(topic: Topic) -> None:
    changes: dict[str, Any] = {"pin": Pin.NONE, "pinned_until": None}
    if Topic.objects.filter(pk=topic.pk).exclude(pinned_until=None).update(**changes):
        touch_topic(topic)


def _text(said: Said, office: str) -> str:
    """What readers of the topic need, and where the whole of it stands."""
    whole = _("全文：%(url)s") % {"url": absolute(said.url_path)}
    ask = _("有问题在下面问，%(office)s会收到。") % {"office": office}
    return "\n\n".join(part for part in (said.short, whole, ask) if part)


@transaction.atomic
def unpin_lapsed(*, now: datetime) -> int:
    """What was pinned to a day that is over comes down; how many. The boards are named so that their index answers."""
    boards = list(Board.objects.values_list("pk", flat=True))
    found = Topic.objects.filter(board__in=boards, pin__gt=Pin.NONE, pinned_until__lte=now)
    keys = list(found.values_list("pk", flat=True))
    for key in keys:
        _unpin(locked(key))
    return len(keys)
