"""Each page of the registry, in every mode in which somebody may look at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page as Tab

from tools.browser import chromium
from tools.browser.world import World
from tools.checks.tree import expect_none

from . import pages, visit

pytestmark = pytest.mark.slow


def _arrived(context: BrowserContext, page_of: pages.Page) -> Tab:
    """A fresh tab of somebody who has done what comes before the page."""
    if page_of.reach:
        before = context.new_page()
        page_of.reach(before)
        before.close()
    return context.new_page()


@pytest.mark.parametrize("page_of", pages.PAGES, ids=str)
def test_page_is_good_in_every_mode(
    page_of: pages.Page, demo: World, profile: Callable[..., Any], axe_core: None
) -> None:
    path = page_of.path(demo)
    with profile(chromium.LIGHT, page_of.by, chromium.DESKTOP) as context:
        found = visit.look(_arrived(context, page_of), page_of, path, demo.url.removeprefix("http://"))
    if page_of.reach and not found:  # the way there goes without scripts too
        with profile(chromium.PLAIN, page_of.by, chromium.PHONE) as context:
            found += visit.without_scripts(_arrived(context, page_of), page_of, path)
    expect_none([f"{path} {it}" for it in dict.fromkeys(found)])
