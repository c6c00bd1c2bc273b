"""Display modes: one press, no account, no script, remembered."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tools.browser import chromium

pytestmark = [pytest.mark.slow, pytest.mark.journey]
SCRIPTS = pytest.mark.parametrize(
    "mode", [chromium.LIGHT, chromium.PLAIN], ids=["with scripts", "without scripts"]
)


def _attribute(page: Page, name: str) -> str | None:
    return page.locator("html").get_attribute(name)


@SCRIPTS
def test_a_visitor_turns_elder_mode_on_and_finds_it_on_the_next_page(
    profile: Callable[..., Any], mode: chromium.Mode
) -> None:
    with profile(mode) as context:
        page = context.new_page()
        page.goto("/design/")
        page.locator('.strip button[name="mode"]').click()
        expect(page.locator("html")).to_have_attribute("data-mode", "elder")
        page.goto("/design/forms/")
        assert _attribute(page, "data-mode") == "elder"
        page.locator('.strip button[name="mode"]').click()
        expect(page.locator("html")).not_to_have_attribute("data-mode", "elder")


@SCRIPTS
def test_reading_text_grows_to_30_px_in_elder_mode(profile: Callable[..., Any], mode: chromium.Mode) -> None:
    with profile(mode) as context:
        page = context.new_page()
        page.goto("/design/")
        page.locator('.strip button[name="mode"]').click()
        for size in ("2", "3"):
            page.locator('.strip button[name="size"]').click()
            expect(page.locator("html")).to_have_attribute("data-size", size)
        page.goto("/design/")
        assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 30


@SCRIPTS
def test_a_visitor_chooses_english_and_the_whole_page_speaks_it(
    profile: Callable[..., Any], mode: chromium.Mode
) -> None:
    with profile(mode) as context:
        page = context.new_page()
        page.goto("/design/")
        page.locator('.strip a[hreflang="en"]').click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        page.goto("/no-such-page/")
        # The street bears its own name in every language, and each language names itself.
        text = re.sub(r"柳渡街道|简体中文|中文", "", page.locator("body").inner_text())
        assert not re.search(r"[\u4e00-\u9fff]{2}", text), text


def test_dark_follows_the_system_until_somebody_chooses(profile: Callable[..., Any]) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    with profile(chromium.DARK) as context:
        page = context.new_page()
        page.goto("/design/")
        night = page.evaluate(ground)
    with profile(chromium.LIGHT) as context:
        page = context.new_page()
        page.goto("/design/")
        day = page.evaluate(ground)
        page.locator('.strip button[name="theme"]').click()
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        page.goto("/design/")
        assert page.evaluate(ground) == night != day


def test_nothing_moves_in_elder_mode(profile: Callable[..., Any]) -> None:
    moving = """[...document.querySelectorAll('*')].filter((el) =>
      getComputedStyle(el).animationName !== 'none' ||
      getComputedStyle(el).transitionDuration.split(',').some((it) => parseFloat(it) > 0.01)).length"""
    with profile(chromium.ELDER) as context:
        page = context.new_page()
        page.goto("/design/forms/")
        assert page.evaluate(moving) == 0
