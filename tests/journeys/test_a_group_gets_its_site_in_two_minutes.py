"""A resident asks for the site of his group on a phone, without scripts; the committee opens it; he writes the first post.

All of it in less than two minutes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.keyboard import tab_to
from tests.browser.reach import press_main
from tools.browser import chromium

pytestmark = [pytest.mark.slow, pytest.mark.journey]

ELDER_PLAIN = chromium.ELDER._replace(scripts=False)
NAME, SLUG = "晨练太极队", "chenliantaijidui"


def _ask(page: Page) -> None:
    page.goto("/s/new/")
    page.locator('input[name="kind"][value="club"]').check(force=True)
    page.locator('input[name="name"]').fill(NAME)
    page.locator('textarea[name="purpose"]').fill("每天早上打一套二十四式，新来的站后排跟着学。")
    page.locator('button[value="ask"]').click()
    expect(page.locator("#errors, .errors").first).to_be_visible()
    assert page.locator('input[name="name"]').input_value() == NAME, "what was typed is kept"
    page.locator('input[name="contact"]').fill("每天 6:30，纺机新村中心花坛")
    page.locator('button[value="suggest"]').click()
    assert page.locator('input[name="slug"]').input_value() == SLUG
    page.locator('button[value="ask"]').click()
    expect(page.locator("main")).to_contain_text("等居委会看")


def test_a_civic_groups_site_from_nothing(profile: Callable[..., Any]) -> None:
    begun = time.monotonic()
    with profile(ELDER_PLAIN, "ding", chromium.PHONE) as context:
        _ask(context.new_page())
    with profile(chromium.LIGHT, "shen", chromium.DESKTOP) as context:
        page = context.new_page()
        page.goto("/desk/sites/")
        page.get_by_role("link", name=NAME).click()
        page.locator('button[value="open"]').click()
        expect(page.locator("main")).to_contain_text("开好了")
    with profile(ELDER_PLAIN, "ding", chromium.PHONE) as context:
        page = context.new_page()
        page.goto(f"/s/{SLUG}/")
        expect(page.locator("main")).to_contain_text("新来的站后排跟着学")
        page.goto(f"/s/{SLUG}/blog/new/")
        page.locator('input[name="title"]').fill("明天下雨，改到车棚")
        page.locator('textarea[name="text"]').fill("车棚东头有一块空地，六点半照常。")
        press_main(page)
        expect(page.locator("h1")).to_contain_text("改到车棚")
    assert time.monotonic() - begun < 120
    with profile(chromium.LIGHT, "", chromium.DESKTOP) as context:
        page = context.new_page()
        page.goto("/streets/")
        expect(page.get_by_role("link", name=NAME)).to_be_visible()


def _press(page: Page, selector: str) -> None:
    tab_to(page, selector, most=250)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _type(page: Page, selector: str, text: str) -> None:
    tab_to(page, selector, most=250)
    page.keyboard.insert_text(text)


def _as_resident(page: Page) -> None:
    """Who leads a group asks for the next one for himself: a post that acts is nobody's neighbour."""
    page.goto("/acting/")
    if page.locator('button[value="self"]').count():
        _press(page, 'button[value="self"]')


def test_the_same_by_keyboard_alone(profile: Callable[..., Any]) -> None:
    with profile(chromium.LIGHT, "ding", chromium.DESKTOP) as context:
        page = context.new_page()
        _as_resident(page)
        page.goto("/s/new/")
        tab_to(page, 'input[name="kind"]')
        page.keyboard.press("Space")
        _type(page, 'input[name="name"]', "树下棋友")
        _type(page, 'textarea[name="purpose"]', "下午三点在香樟树下摆三盘棋，看的比下的多。")
        _type(page, 'input[name="contact"]', "香樟树下，每天 15:00")
        _press(page, 'button[value="ask"]')
        expect(page.locator("main")).to_contain_text("等居委会看")
    with profile(chromium.LIGHT, "shen", chromium.DESKTOP) as context:
        page = context.new_page()
        page.goto("/desk/sites/")
        address = page.get_by_role("link", name="树下棋友").get_attribute("href")
        _press(page, f'a[href="{address}"]')
        expect(page.locator("main")).to_contain_text("树下棋友")
        _press(page, 'button[value="open"]')
        expect(page.locator("main")).to_contain_text("开好了")
    with profile(chromium.LIGHT, "ding", chromium.DESKTOP) as context:
        page = context.new_page()
        page.goto("/me/sites/")
        expect(page.locator("main")).to_contain_text("树下棋友")
