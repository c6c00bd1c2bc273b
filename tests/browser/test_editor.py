"""The editor of pages in a browser: nothing from elsewhere, nothing that its own content policy stops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tools.browser import chromium
from tools.browser.world import World

pytestmark = [pytest.mark.slow, pytest.mark.journey]
DESK = (1280, 900)
SITE = "/desk/site/qingzhuanli/"


def test_an_editor_opens_a_page_and_no_other_host_is_asked(profile: Callable[..., Any], demo: World) -> None:
    with profile(chromium.LIGHT, "shen", DESK) as context:
        foreign: list[str] = []
        complaints: list[str] = []
        context.on("request", lambda one: foreign.append(one.url) if not one.url.startswith((demo.url, "data:", "blob:")) else None)
        page = context.new_page()
        page.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        for path in (f"{SITE}arrange/", f"{SITE}arrange/?then=guide", "/studio/"):
            page.goto(path)
            page.wait_for_load_state("networkidle")
            expect(page.locator("#main")).to_be_visible()
        assert not foreign
        assert not complaints


def test_a_committee_writes_a_guide_and_publishes_it(profile: Callable[..., Any]) -> None:
    with profile(chromium.LIGHT, "shen", DESK) as context:
        page = context.new_page()
        page.goto(f"{SITE}arrange/?then=guide")
        page.locator("#id_title").fill("晾衣架坏了找谁")
        page.locator("#id_intro").fill("公共晾衣架归物业修，三天内来。")
        page.locator("[data-w-dropdown-target='toggle'], .footer__container button.w-dropdown-toggle-icon").last.click()
        page.locator('button[name="action-publish"]').click()
        page.goto("/s/qingzhuanli/guides/")
        page.get_by_role("link", name="晾衣架坏了找谁").click()
        expect(page.locator("h1")).to_have_text("晾衣架坏了找谁")
