"""Eighteen neighbours have signed for a rack for bicycles; an old lady signs by keyboard, an owner is the twentieth.

With the twentieth it is put, and all are told who answers and by when. On phones, in elder mode, without any script.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import tab_to
from tests.browser.reach import press_main
from tools.browser import chromium
from tools.browser.world import World

pytestmark = [pytest.mark.slow, pytest.mark.journey]

ELDER_PLAIN = chromium.ELDER._replace(scripts=False)
TITLE = "3 幢门口装一排自行车架，行不行？"


def test_the_twentieth_signature_puts_the_question(demo: World, profile: Callable[..., Any]) -> None:
    with profile(chromium.ELDER, "zhou", chromium.PHONE) as context:  # by keyboard alone
        page = context.new_page()
        page.goto("/s/fangji-xincun/questions/?show=gathering")
        expect(page.locator("main")).to_contain_text("联署 18/20 人")
        page.get_by_role("link", name=TITLE).press("Enter")
        page.wait_for_load_state()
        tab_to(page, 'a[href$="/sign/"]')
        with page.expect_navigation():
            page.keyboard.press("Enter")
        tab_to(page, "main form button.btn")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator("main")).to_contain_text("联署了，还差 1 人")
        expect(page.locator("main")).to_contain_text("您联署了")
        address = page.url

    with profile(ELDER_PLAIN, "hu", chromium.PHONE) as context:  # she lives in the next compound
        page = context.new_page()
        page.goto(address + "sign/")
        expect(page.locator("main")).to_contain_text("先在那里认好住处")
        expect(page.get_by_role("button", name="联署")).to_have_count(0)

    with profile(ELDER_PLAIN, "he", chromium.PHONE) as context:
        page = context.new_page()
        page.goto(address + "sign/")
        press_main(page)
        expect(page.locator("main")).to_contain_text("联署了，答复了就告诉您")
        expect(page.locator("main")).to_contain_text("该谁答")
        expect(page.locator("main")).to_contain_text("最晚")
        page.goto("/inbox/")
        expect(page.locator("main")).to_contain_text("问题交给邻安物业了")

    signed = demo.rows(
        "SELECT q.state, q.signed, COUNT(s.id) FROM linli_deliberation_question q JOIN linli_deliberation_signature s "
        "ON s.question_id = q.id WHERE q.title = ? GROUP BY q.id",
        TITLE,
    )
    assert signed == [("routed", 20, 20)]
