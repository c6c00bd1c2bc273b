"""Which boxes stand where on a site's first page: as its editor arranged them, else as their apps ordered them."""

from __future__ import annotations

from django.http import HttpRequest

from linli.common import slots
from linli.sites.api import Site, expect_boxes
from linli.studio.api import Part

SLOTS = ("main", "aside")


def boxes(request: HttpRequest, site: Site, arranged: list[Part] | None) -> dict[str, list[slots.Box]]:
    """By column. What is urgent stands on top whatever was arranged."""
    expect_boxes(site)
    offered = {name: slots.entries(f"site.{name}", request, site=site) for name in SLOTS}
    top = slots.entries("site.top", request, site=site)
    if arranged is None:
        return {"top": top, **offered}
    named: dict[str, list[slots.Box]] = {}
    for box in (box for name in SLOTS for box in offered[name]):
        named.setdefault(box.called, []).append(box)
    return {
        "top": top,
        **{
            name: [box for part in arranged if part.column == name for box in _stand(part, named)]
            for name in SLOTS
        },
    }


def _stand(part: Part, named: dict[str, list[slots.Box]]) -> list[slots.Box]:
    if part.values and part.kind != "slot":
        return [slots.Box(f"studio/parts/{part.kind}.html", part.values)]
    return named.get(part.values.get("part", part.kind), [])
