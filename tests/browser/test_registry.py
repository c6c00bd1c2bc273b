"""No page escapes: every route is in the registry of pages or says why it is not one."""

import tomllib
from pathlib import Path

from tools.checks.routes import every_route
from tools.checks.tree import expect_none

from . import pages

NOT_PAGES: dict[str, str] = tomllib.loads(
    (Path(__file__).parent / "not_pages.toml").read_text(encoding="utf-8")
)


def _excused(name: str) -> bool:
    return any(name == it or (it.endswith("*") and name.startswith(it[:-1])) for it in NOT_PAGES)


def test_every_route_is_a_page_or_says_why_not():
    known = {page.route for page in pages.PAGES}
    names = sorted({route.name or route.pattern for route in every_route()})
    expect_none([name for name in names if name not in known and not _excused(name)])


def test_the_registry_names_only_routes_that_exist():
    names = {route.name for route in every_route()}
    gone = [page.route for page in pages.PAGES if page.route and page.route not in names]
    gone += [it for it in NOT_PAGES if not any(_matches(it, name) for name in names)]
    expect_none(gone)


def _matches(excuse: str, name: str) -> bool:
    return name.startswith(excuse[:-1]) if excuse.endswith("*") else name == excuse


def test_no_page_is_listed_twice():
    listed = [str(page) for page in pages.PAGES]
    expect_none(sorted({it for it in listed if listed.count(it) > 1}))
