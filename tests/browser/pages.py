"""Every page that a person can open, and one person who opens it.

A GET route that is neither here nor in NOT_PAGES fails `test_registry.py`. Codes and numbers of the demo world
are asked from its database, so that nothing breaks when the demo is written anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.urls import reverse

from linli.design.gallery import PAGES as GALLERY
from tools.browser.world import World


@dataclass(frozen=True)
class Page:
    """A route, who opens it (a demo persona, or nobody), and where its parameters come from.

    `given` fixes parameters; `asked` maps a parameter to a query whose first value is taken.
    """

    route: str
    by: str = ""
    given: dict[str, object] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    query: str = ""
    status: int = 200
    address: str = ""
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
            values[name] = rows[0][0]
        return reverse(self.route, kwargs=values) + self.query


PAGES: list[Page] = [
    Page("design:gallery", samples=True, shot="gallery"),
    *(Page("design:gallery_page", given={"page": page}, samples=True) for page in GALLERY if page != "index"),
    Page("", address="/no-such-page/", status=404),
]

# Routes that answer GET and are no page of their own: name or prefix → why.
NOT_PAGES: dict[str, str] = {
    "design:modes": "remembers a display mode and goes back",
}
