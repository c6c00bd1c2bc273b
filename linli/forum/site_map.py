"""Public boards and topics in the map for search engines."""

from __future__ import annotations

from collections.abc import Iterator

from linli.sites.api import MapEntry, Site, list_in_map

from .models import Board, Topic
from .rules import Audience, PostState


def pages(site: Site) -> Iterator[MapEntry]:
    if site.body_id is not None:
        return
    yield MapEntry(f"/s/{site.slug}/forum/")
    public = Board.objects.filter(place=site.place_id, reads=Audience.PUBLIC)
    for pk, last in public.order_by("order", "pk").values_list("pk", "last_at"):
        yield MapEntry(f"/boards/{pk}/", last)
    topics = Topic.objects.filter(board__in=public, state=PostState.SHOWN, merged_into=None).order_by(
        "-last_at", "-pk"
    )
    for pk, last in topics.values_list("pk", "last_at").iterator(chunk_size=500):
        yield MapEntry(f"/topics/{pk}/", last)


list_in_map(pages)
