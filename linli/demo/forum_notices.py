"""Notices as topics, opened when they came out. The outbox tells the forum of them later and finds them there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from linli.forum.actions.notices import Said, end_notice, open_notice, source_of
from linli.forum.api import Topic, write_post
from linli.portal.api import Notice

from . import actors
from .forum_texts_notices import BELOW, OFFICE

if TYPE_CHECKING:
    from .world import World

ENDED = {"withdrawn": "withdraw", "expired": "expire"}  # state: how it came to it


def build(world: World) -> None:
    """The oldest first. A correction takes the place of what it corrects by itself."""
    for notice in (
        Notice.objects.exclude(published_at=None)
        .filter(published_at__lte=world.now)
        .order_by("published_at", "pk")
    ):
        assert notice.published_at is not None
        said = Said(
            notice=notice.pk, title=notice.title, short=notice.short or notice.title, level=notice.level, issuer=notice.issuer_id,
            place=notice.place_id, url_path=notice.url, published_at=notice.published_at, valid_until=notice.valid_until,
            corrects=notice.corrects_id,
        )  # fmt: skip
        open_notice(said=said, now=notice.published_at)
        if notice.state in ENDED:
            end_notice(notice=notice.pk, how=ENDED[notice.state], now=notice.ended_at or notice.valid_until)


def talk(world: World) -> None:
    """What was said below them, where they stand: neighbours ask, the office that gave a notice out answers."""
    for title, lines in BELOW.items():
        notice = Notice.objects.select_related("issuer", "place").get(title=title)
        topic = Topic.objects.select_related("board__place").get(source=source_of(notice.pk))
        assert notice.published_at is not None
        for who, hours, text in lines:
            at = notice.published_at + timedelta(hours=hours)
            if at >= world.now:
                break
            if who == OFFICE:
                write_post(by=actors.office(world, notice.issuer), topic=topic, text=text, as_office=True, now=at)
            else:
                assert isinstance(who, int)
                write_post(by=actors.neighbour(world, notice.place, who), topic=topic, text=text, now=at)
