"""What a site's first page of the demo says, noun by noun, as JSON for the peer: `python -m bench.wagtail_peer.content SLUG`."""

import json
import sys
from typing import Any

from linli.config.cli import setup


def main() -> None:
    setup.django()
    from linli.common import clock
    from linli.sites.api import Site
    from linli.studio.api import arrangement

    now = clock.now()
    site = Site.objects.select_related("place", "body").get(slug=sys.argv[1])
    found: dict[str, Any] = {"title": site.name, **_published(site), **_book(site, now)}
    parts = arrangement(site) or []
    found["links"] = [{"title": p.values["title"], "links": p.values["links"]} for p in parts if p.kind == "links"]
    found["shots"] = [
        {"title": p.values["title"], "alt": shot["alt"], "caption": shot["caption"]}
        for p in parts if p.kind == "pictures" for shot in p.values["shots"]
    ]  # fmt: skip
    json.dump(found, sys.stdout, ensure_ascii=False, default=str)


def _published(site: Any) -> dict[str, Any]:
    """What the first page lists of each noun."""
    from linli.activities.slots import box as events
    from linli.portal.notice_slots import newest_box
    from linli.portal.slots_blog import aside_boxes, main_boxes
    from linli.sites.kept_boxes import nobody

    def context(provider: Any) -> dict[str, Any]:
        return provider.__wrapped__(nobody(site), site)[0].context

    album = context(aside_boxes)
    return {
        "notices": [
            {"title": one["title"], "tags": "，".join(str(tag["text"]) for tag in one["tags"]), "meta": "，".join(one["meta"])}
            for one in context(newest_box)["lines"]
        ],
        "posts": [{"title": one.title, "by": one.by, "day": one.published_at} for one in context(main_boxes)["posts"]],
        "events": [
            {"title": one["event"].title, "starts": one["event"].starts, "where": one["event"].where, "status": str(one["status"].text)}
            for one in context(events)["lines"]
        ],
        "album": {
            "title": album["album"].title, "by": album["album"].by, "day": album["album"].changed_at,
            "pictures": [one.alt for one in album["pictures"]],
        },
    }  # fmt: skip


def _book(site: Any, now: Any) -> dict[str, Any]:
    """Whom to call."""
    from linli.common import clock
    from linli.portal.directory_slots import site_box
    from linli.portal.queries import bodies_at
    from linli.sites.kept_boxes import nobody

    cards = site_box.__wrapped__(nobody(site), site)[0].context["cards"]  # type: ignore[attr-defined]
    bodies = bodies_at(site.place, [], clock.local_date(now))
    return {
        "phones": [{"name": one.entry.name, "hours": str(one.state), "number": str(one.phone)} for one in cards],
        "bodies": [
            {"name": one.name, "kind": str(one.kind_label), "hours": one.hours, "address": one.address, "number": one.phone}
            for one in bodies
        ],
    }  # fmt: skip


if __name__ == "__main__":
    main()
