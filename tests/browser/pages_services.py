"""The pages of service items, as `pages.py` has those of everything else."""

from __future__ import annotations

from .page import PERSON, SITE, Page

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
_CARD = {"pk": f"SELECT id FROM linli_services_paper WHERE kind = 'id_card' AND person_id = {PERSON.format('he')}"}  # noqa: S608 - constants of this file
_LEASE = "SELECT s.id FROM linli_services_papershare s WHERE s.purpose = '申请居住证' LIMIT 1"
PAPERS = [
    Page("services:papers", "he", shot="papers"),
    Page("services:paper", "he", asked=_CARD),
    Page("services:paper_new", "he"),
    Page("services:paper_share", "he", asked=_CARD),
    Page("services:paper_remove", "he", asked=_CARD),
    Page("services:papers_desk", "gu"),
    Page("services:paper_look", "gu", asked={"pk": _LEASE}),
]
PAGES = [*SERVICES, *PAPERS]
