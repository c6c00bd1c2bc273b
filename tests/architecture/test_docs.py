"""The docs are tested: what exists is named, what is linked is there."""

import re

from tools import reference as pages
from tools.checks import reference, routes, tree
from tools.checks.tree import expect_none

LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")


def test_settings_commands_events_and_apps_are_named_in_the_reference():
    expect_none(reference.missing())


def test_the_generated_pages_are_fresh():
    """`python -m tools.reference` writes them."""
    expect_none([f"docs/reference/{name} is stale" for name in pages.stale()])


def test_every_route_of_ours_says_who_may_see_it():
    expect_none(routes.unguarded())


def test_every_route_of_ours_has_a_name():
    expect_none(reference.unnamed_routes())


def test_links_of_the_docs_lead_somewhere():
    broken = []
    for path in tree.project_files():
        if path.suffix != ".md":
            continue
        for target, _ in LINK.findall(path.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", target) and not (path.parent / target).exists():
                broken.append(f"{tree.name(path)} → {target}")
    expect_none(broken)


def test_the_readme_stays_short():
    for name in ("README.md", "README.zh-CN.md"):
        assert (tree.ROOT / name).read_text(encoding="utf-8").count("\n") <= 150, name


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (tree.ROOT / "docs" / "why").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
