"""A visitor without a mouse comes in, signs in and finds his account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tools.browser import chromium

from .keyboard import tab_to

pytestmark = [pytest.mark.slow, pytest.mark.journey]


def test_the_first_tab_offers_to_skip_to_the_content(profile: Callable[..., Any]) -> None:
    with profile(chromium.LIGHT, "", chromium.DESKTOP) as context:
        page = context.new_page()
        page.goto("/design/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_resident_signs_in_and_opens_his_account_by_keyboard(profile: Callable[..., Any]) -> None:
    with profile(chromium.LIGHT, "", chromium.DESKTOP) as context:
        page = context.new_page()
        page.goto("/account/login/")
        tab_to(page, 'button[name="persona"][value="he"]')
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/login" not in url)
        tab_to(page, '.strip a[href^="/me/"]')
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_be_visible()
