"""The washing machine is broken and the network is gone: three taps to the repair shop's number.

Also by keyboard alone, in elder mode, without scripts (with a network), and as one printed sheet.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tools.browser import chromium

pytestmark = [pytest.mark.slow, pytest.mark.journey]

HOME, BOOK = "/s/fangji-xincun/", "/s/fangji-xincun/phones/"
STORED = "async path => Boolean(await (await caches.open('linli-pages-1')).match(path))"


def _visit_once(page: Page) -> None:
    """Open the directory and wait until the device has kept it."""
    page.goto(BOOK)
    for _ in range(40):
        if page.evaluate(STORED, BOOK):
            return
        page.wait_for_timeout(250)
    raise AssertionError("the device kept nothing")


def _number(page: Page) -> Any:
    return page.locator("#groups li:visible", has_text="苗师傅修理铺").locator("a.call")


@pytest.mark.parametrize("mode", [chromium.LIGHT, chromium.ELDER], ids=str)
def test_three_taps_without_a_network(profile: Callable[..., Any], mode: chromium.Mode) -> None:
    with profile(mode, "", chromium.PHONE) as context:
        page = context.new_page()
        _visit_once(page)
        context.set_offline(True)
        page.goto(HOME)  # the first tap: the site on the phone; without a network it leads to its directory
        expect(page).to_have_url(re.compile(BOOK + "$"))
        expect(page.locator(".offline-note")).to_be_visible()
        expect(page.locator(".offline-note")).to_contain_text("离线，显示")
        expect(page.locator(".now").first).to_be_hidden()
        page.locator(".names a", has_text="修家电").click()  # the second
        expect(page.locator("#groups li:visible")).to_have_count(1)
        assert _number(page).get_attribute("href") == "tel:5550166"  # the third calls
        if mode is chromium.ELDER:
            assert page.locator("html").get_attribute("data-mode") == "elder"


def test_one_searches_the_stored_page_in_ones_own_words_and_it_is_renewed_with_the_network(
    profile: Callable[..., Any],
) -> None:
    with profile(chromium.LIGHT, "", chromium.PHONE) as context:
        page = context.new_page()
        _visit_once(page)
        context.set_offline(True)
        page.goto(f"{BOOK}?q=家电维修")
        expect(_number(page)).to_be_visible()
        page.locator("#want").fill("潜水艇")
        expect(page.locator("#hits")).to_contain_text("没有")
        context.set_offline(False)
        expect(page.locator("html:not([data-offline])")).to_be_attached(timeout=20_000)
        expect(page.locator(".offline-note")).to_be_hidden()
        expect(page.locator("main")).to_contain_text("电话簿里没有“潜水艇”")


def test_nothing_of_a_person_is_kept_on_the_device(profile: Callable[..., Any]) -> None:
    with profile(chromium.LIGHT, "he", chromium.PHONE) as context:
        page = context.new_page()
        _visit_once(page)
        expect(page.locator("body")).to_contain_text("何立群")
        kept = page.evaluate(
            "async () => { let all = ''; for (const name of await caches.keys()) for (const it of await (await caches.open(name)).matchAll()) all += await it.text(); return all; }"
        )
        assert "苗师傅修理铺" in kept and "何立群" not in kept and "退出" not in kept
        context.set_offline(True)
        page.goto(BOOK)
        expect(page.locator("body")).not_to_contain_text("何立群")


def test_the_same_by_keyboard_alone(profile: Callable[..., Any]) -> None:
    with profile(chromium.LIGHT, "", chromium.DESKTOP) as context:
        page = context.new_page()
        page.goto(HOME)
        for name in ("找电话", "要办什么"):
            _tab_to(page, name)
            if name == "找电话":
                page.keyboard.press("Enter")
                page.wait_for_url(re.compile(BOOK))
        page.keyboard.type("修家电")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("q="))
        _tab_to(page, "打电话给苗师傅修理铺")


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what is called so."""
    script = "() => { const e = document.activeElement; return (e.getAttribute('aria-label') || '') + (e.labels?.[0]?.textContent || '') + e.textContent; }"
    for _ in range(60):
        page.keyboard.press("Tab")
        if name in page.evaluate(script):
            return
    raise AssertionError(f"Tab never reached {name}")


def test_without_scripts_the_server_searches(profile: Callable[..., Any]) -> None:
    with profile(chromium.ELDER._replace(scripts=False), "", chromium.PHONE) as context:
        page = context.new_page()
        page.goto(BOOK)
        page.locator(".names a", has_text="修家电").click()
        assert page.locator("a.call", has_text="555 0166").get_attribute("href") == "tel:5550166"


@pytest.mark.parametrize("path", [BOOK, "/s/liudu-subdistrict/phones/", "/phones/"])
def test_the_directory_prints_on_one_sheet(profile: Callable[..., Any], path: str) -> None:
    with profile(chromium.LIGHT, "", chromium.DESKTOP) as context:
        page = context.new_page()
        page.goto(path)
        sheet = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page(?!s)", sheet)) == 1
        page.emulate_media(media="print")
        assert page.locator("#groups li:visible").count() == 20
