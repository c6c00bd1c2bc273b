"""What a reader could see has changed: versions go up, kept pages are let go. The last lines of every verb."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import F

from linli.areas.api import Area
from linli.common import prepared
from linli.common.pagecache import bump
from linli.sites.api import site_tags

from ..cache_tags import board_tag, topic_tag
from ..models import Topic


def around(place: Area) -> list[str]:
    """The tags of the lists that show what is said at the place: those of all places around it, and of those inside it."""
    return [*(f"forum:{pk}" for pk in (*place.ancestor_ids, place.pk)), f"forum-at:{place.pk}"]


def forum_tags(slug: str) -> tuple[str, ...]:
    """What a site's pages with topics depend on: what is said at its place or inside it, and at the places around it."""
    found = site_tags(slug)
    return (*found, *talk_tags([tag.removeprefix("place:") for tag in found if tag.startswith("place:")]))


def talk_tags(places: Sequence[int | str]) -> list[str]:
    """What is said at the last of these places or inside it, and at the places around it, which come before it."""
    return ["boards", *(f"forum:{pk}" for pk in places[-1:]), *(f"forum-at:{pk}" for pk in places)]


def touch_topics(keys: Iterable[int], *tags: str) -> None:
    """Raise the version of these topics, and let go of their pages, their boards' lists and whatever else is named."""
    found = sorted(set(keys))
    if not found and not tags:
        return
    rows = Topic.objects.filter(pk__in=found)
    rows.update(version=F("version") + 1)
    lists: set[str] = set()
    for board, place in {(topic.board_id, topic.board.place) for topic in rows.select_related("board__place")}:
        lists |= {board_tag(board), *around(place)}
    bump(*map(topic_tag, found), *sorted(lists), *tags)


def touch_topic(topic: Topic, *tags: str) -> None:
    """The same for one whose board is known."""
    prepared.change(Topic, topic.pk, step=("version",))
    let_go(topic, *tags)


def let_go(topic: Topic, *tags: str) -> None:
    """The same where the version has been raised with other fields."""
    bump(topic_tag(topic.pk), board_tag(topic.board_id), *around(topic.board.place), *tags)
