"""Each page of the registry, in every mode in which somebody may look at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page as Tab

from tools.browser import chromium
from tools.browser.world import World
from tools.checks.tree import expect_none

from . import audit, pages

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pages")]
BUDGET = 100  # KB over the wire on the first load
AGAIN = 30  # KB when the page is opened a second time


def _arrived(context: BrowserContext, page_of: pages.Page) -> Tab:
    """A fresh tab of somebody who has done what comes before the page."""
    if page_of.reach:
        before = context.new_page()
        page_of.reach(before)
        before.close()
    return context.new_page()


def _first_load(open_profile: Callable[..., Any], page_of: pages.Page, path: str, host: str) -> list[str]:
    """A stranger's first visit at a desk: status, wire, console, content policy, axe, width."""
    with open_profile(chromium.LIGHT, page_of.by, chromium.DESKTOP) as context:
        tab = _arrived(context, page_of)
        wire = audit.Wire(tab, host)
        response = audit.looked_at(tab, path)
        if response.status != page_of.status:
            return [f"status {response.status}, expected {page_of.status}"]
        if urlsplit(response.url).path != urlsplit(path).path:
            return [f"status {response.status}, but sent on to {urlsplit(response.url).path}"]
        found = [f"light 1280: {it}" for it in audit.axe(tab) + audit.overflow(tab)]
        least = 40 if tab.locator("body.desk, .desk-page").count() else 44
        found += [f"light 1280: {it}" for it in audit.targets(tab, least)]
        quiet = [it for it in wire.findings(BUDGET) if page_of.status < 400 or str(page_of.status) not in it]
        wire.forget()
        audit.looked_at(tab, path)
        heavy = (
            [f"the same page again takes {wire.bytes} bytes"] if wire.bytes > AGAIN * audit.KILOBYTE else []
        )
        return found + quiet + heavy + audit.headers(response)


def _on_a_phone(open_profile: Callable[..., Any], page_of: pages.Page, path: str) -> list[str]:
    """With a finger: axe, targets, then the narrowest phone, then text at 200 %."""
    with open_profile(chromium.TOUCH, page_of.by, chromium.PHONE) as context:
        tab = _arrived(context, page_of)
        audit.looked_at(tab, path)
        found = [f"light 390: {it}" for it in audit.axe(tab) + audit.overflow(tab) + audit.targets(tab, 44)]
        tab.set_viewport_size({"width": 320, "height": 700})
        found += [f"light 320: {it}" for it in audit.overflow(tab)]
        tab.set_viewport_size({"width": 390, "height": 844})
        audit.set_text_size(tab, 200)
        return found + [f"text 200 %: {it}" for it in audit.overflow(tab)]


def _in_mode(
    open_profile: Callable[..., Any], page_of: pages.Page, path: str, mode: chromium.Mode
) -> list[str]:
    """Dark, elder or high contrast: axe on phone and desk; in elder mode also targets of 60 px."""
    found = []
    with open_profile(mode, page_of.by, chromium.PHONE) as context:
        tab = _arrived(context, page_of)
        audit.looked_at(tab, path)
        found += [f"{mode.name} 390: {it}" for it in audit.axe(tab) + audit.overflow(tab)]
        if mode is chromium.ELDER:
            found += [f"{mode.name} 390: {it}" for it in audit.targets(tab, 60)]
        tab.set_viewport_size({"width": 1280, "height": 900})
        found += [f"{mode.name} 1280: {it}" for it in audit.axe(tab)]
    return found


def _largest_text(open_profile: Callable[..., Any], page_of: pages.Page, path: str) -> list[str]:
    with open_profile(chromium.LARGEST, page_of.by, chromium.PHONE) as context:
        tab = _arrived(context, page_of)
        audit.looked_at(tab, path)
        return [f"elder largest 390: {it}" for it in audit.overflow(tab)]


def _without_scripts(open_profile: Callable[..., Any], page_of: pages.Page, path: str) -> list[str]:
    with open_profile(chromium.PLAIN, page_of.by, chromium.PHONE) as context:
        tab = _arrived(context, page_of)
        audit.looked_at(tab, path)
        headless = [] if tab.locator("h1").first.is_visible() else ["no scripts: no visible h1"]
        return headless + ([] if page_of.samples else audit.dead_controls(tab))


@pytest.mark.parametrize("page_of", pages.PAGES, ids=str)
def test_page_is_good_in_every_mode(
    page_of: pages.Page, demo: World, profile: Callable[..., Any], axe_core: None
) -> None:
    path = page_of.path(demo)
    found = _first_load(profile, page_of, path, demo.url.removeprefix("http://"))
    if not any(it.startswith("status ") for it in found):
        found += _on_a_phone(profile, page_of, path)
        for mode in (chromium.DARK, chromium.ELDER, chromium.CONTRAST):
            found += _in_mode(profile, page_of, path, mode)
        found += _largest_text(profile, page_of, path)
        found += _without_scripts(profile, page_of, path)
    expect_none([f"{path} {it}" for it in dict.fromkeys(found)])
