"""The pages of service items, as `pages.py` has those of everything else."""

from __future__ import annotations

from .page import SITE, Page

_NAMED = "SELECT id FROM linli_services_item WHERE name = '{}'"
ALLOWANCE, DOG = ({"pk": _NAMED.format(name)} for name in ("高龄津贴申领", "养犬登记"))
SERVICES = [
    Page("services:items", asked=SITE, shot="services"),
    Page("services:items", asked=SITE, query="?event=rent"),
    Page("services:items", asked=SITE, query="?q=潜水艇"),
    Page("services:item", asked=ALLOWANCE, shot="service-item"),
    Page("services:item", asked={"pk": _NAMED.format("公租房资格初审")}, query="?hukou=1"),
    Page("services:desk", "limin"),
    Page("services:new", "gu"),
    Page("services:manage", "limin", asked=DOG),
    Page("services:materials", "limin", asked=DOG),
    Page("services:handling", "limin", asked=DOG),
    Page("services:publish", "limin", asked=DOG),
    Page("services:preview", "limin", asked=DOG),
    Page("services:withdraw", "limin", asked=DOG),
]
PAGES = [*SERVICES]
