"""A tenant asks the property company, nobody answers: the question goes up a level by itself and stands on the public page.

So that nobody waits three working days, the chairwoman sets the period of that compound to one minute first, as a head may.
On phones; the tenant in elder mode, by keyboard and without any script.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.keyboard import tab_to
from tests.browser.reach import press_main
from tools.browser import chromium
from tools.browser.world import World

pytestmark = [pytest.mark.slow, pytest.mark.journey]

PLAIN = chromium.LIGHT._replace(scripts=False)
ELDER_PLAIN = chromium.ELDER._replace(scripts=False)
SITE = "/s/yinxing-yuan/"
TITLE = "门厅的灯为什么白天也亮着"
ANSWER = "定时器调错了，今天改成天黑才亮。"


def _one_minute(page: Page, place: int) -> None:
    """The committee's head makes a promise for the property company of this compound: one minute."""
    page.goto(f"/desk/deadlines/{place}/?key=question.property")
    page.locator('input[name="amount"]').fill("1")
    page.locator('select[name="unit"]').select_option("minute")
    press_main(page)
    with page.expect_navigation():
        page.locator('button[name="save"]').click()
    expect(page.locator("main")).to_contain_text("现在是 1 分钟")


def _ask(page: Page) -> str:
    """Returns the address of the question."""
    page.goto(f"{SITE}questions/")
    tab_to(page, f'main a[href="{SITE}questions/new/"]')
    _enter(page)
    page.get_by_label("邻安物业").press("Space")
    tab_to(page, 'input[name="title"]')
    page.keyboard.insert_text(TITLE)
    tab_to(page, 'textarea[name="text"]')
    page.keyboard.insert_text("一天到晚亮着，电费算谁的？")
    page.locator('select[name="theme"]').select_option("fees")
    tab_to(page, "main form button.btn:not(.plain)")
    _enter(page)
    expect(page.locator("main")).to_contain_text("交给邻安物业了")
    return page.url


def _enter(page: Page) -> None:
    """Press what has the focus and go where it leads."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _until(page: Page, address: str, words: str, *, most: int = 150) -> None:
    """Look again until it says so; the ticker and the outbox take their time."""
    for _ in range(most):
        page.goto(address)
        if words in page.locator("main").inner_text().replace("\u00a0", " "):
            return
        page.wait_for_timeout(1000)
    raise AssertionError(f"{address} never said {words}")


def test_a_question_goes_overdue_and_stands_on_the_public_page_until_it_is_answered(
    demo: World, profile: Callable[..., Any]
) -> None:
    ((place,),) = demo.rows("SELECT id FROM linli_areas_area WHERE name = '银杏苑'")
    with profile(PLAIN, "shen", chromium.PHONE) as context:
        _one_minute(context.new_page(), place)
    with profile(ELDER_PLAIN, "hu", chromium.PHONE) as context:
        address = _ask(context.new_page())

    with profile(PLAIN, "", chromium.PHONE) as context:  # nobody signed in
        page = context.new_page()
        _until(page, address, "已升级到青砖里居委会")
        expect(page.locator("main")).to_contain_text("到期没答，升级到青砖里居委会")
        page.goto(f"{SITE}questions/unanswered/")
        line = page.locator("li", has_text=TITLE)
        expect(line).to_contain_text("超期")
        expect(line).to_contain_text("由邻安物业答复")
        page.goto("/s/liudu-subdistrict/questions/unanswered/")
        expect(page.locator("main")).to_contain_text(TITLE)

    with profile(PLAIN, "shen", chromium.PHONE) as context:
        page = context.new_page()
        page.goto("/desk/questions/?show=above")
        expect(page.locator("main")).to_contain_text(TITLE)

    with profile(PLAIN, "tang", chromium.PHONE) as context:
        page = context.new_page()
        page.goto("/desk/questions/?show=overdue")
        with page.expect_navigation():
            page.get_by_role("link", name=TITLE).click()
        page.locator('textarea[name="text"]').fill(ANSWER)
        with page.expect_navigation():
            page.get_by_role("button", name="答复，告诉提问的人").click()
        expect(page.locator("main")).to_contain_text("提问的人和联署的人都告诉了")

    with profile(ELDER_PLAIN, "hu", chromium.PHONE) as context:
        page = context.new_page()
        page.goto(address)
        expect(page.locator("main")).to_contain_text(ANSWER)
        tab_to(page, 'main a[href$="/rate/"]')
        _enter(page)
        page.get_by_label("解决了", exact=True).press("Space")
        page.get_by_label(re.compile("^3 分")).press("Space")
        tab_to(page, "main form button.btn:not(.plain)")
        _enter(page)
        expect(page.locator("main")).to_contain_text("记下了")

    with profile(PLAIN, "", chromium.PHONE) as context:
        page = context.new_page()
        _until(page, f"{SITE}questions/unanswered/", "超期还没答的提问", most=5)
        expect(page.locator("li", has_text=TITLE)).to_have_count(0)
