"""A page that a person can open, and whoever opens it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse
from playwright.sync_api import Page as Tab

from tools.browser.world import World

PERSON = "(SELECT id FROM linli_people_person WHERE demo_key = '{}')"
SITE = {"slug": "SELECT slug FROM linli_sites_site WHERE slug = 'fangji-xincun'"}


@dataclass(frozen=True)
class Page:
    """A route, who opens it (a demo persona, or nobody), and where its parameters come from.

    `given` fixes parameters; `asked` maps a parameter to a query whose first value is taken; `reach` does what has
    to be done before the page opens at all.
    """

    route: str
    by: str = ""
    given: dict[str, object] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    query: str = ""
    status: int = 200
    address: str = ""
    reach: Callable[[Tab], None] | None = None
    samples: bool = False  # shows components that lead nowhere
    shot: str = ""  # name of its pictures in docs/screens, for the main pages

    def __str__(self) -> str:
        extra = "-".join(str(value) for value in self.given.values())
        return "-".join(filter(None, [self.route or self.address, extra, self.query, self.by]))

    def path(self, world: World) -> str:
        """The address in this world."""
        if self.address:
            return self.address
        values = dict(self.given)
        for name, query in self.asked.items():
            rows = world.rows(query)
            assert rows, f"the demo world has nothing for {self.route}: {query}"
            values[name] = _parameter(rows[0][0])
        return reverse(self.route, kwargs=values) + self.query


def _parameter(value: object) -> object:
    """SQLite keeps a UUID as 32 hexadecimal digits; addresses have its hyphens."""
    return UUID(value) if isinstance(value, str) and re.fullmatch(r"[0-9a-f]{32}", value) else value
