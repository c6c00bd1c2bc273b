"""Notices as topics, opened when they came out. The outbox tells the forum of them later and finds them there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linli.forum.actions.notices import Said, end_notice, open_notice
from linli.portal.api import Notice

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
