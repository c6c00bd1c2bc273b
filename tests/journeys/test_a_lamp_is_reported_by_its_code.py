"""A neighbour without an account scans the code on a dead lamp, reports it on a phone without any script, and follows it by code.

Somebody else guesses at the code and learns nothing. Then the neighbour adds a word and takes it back, since it shines again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reach import press_main
from tools.browser import chromium
from tools.browser.world import World

pytestmark = [pytest.mark.slow, pytest.mark.journey]

PLAIN = chromium.LIGHT._replace(scripts=False)
ELDER_PLAIN = chromium.ELDER._replace(scripts=False)
TEXT = "第三根灯杆整晚不亮，台阶那里摔过人。"


def _report(page: Page, code: str) -> str:
    """From the QR code to the receipt; returns the query code."""
    page.goto(f"/q/{code}/")
    main = page.locator("main")
    expect(main).to_contain_text("北门步道灯")
    assert page.locator('select[name="where"]').count() == 0, "the lamp knows where it is"
    page.locator('textarea[name="text"]').fill(TEXT)
    page.locator('input[name="phone"]').fill("138 0000 123")
    press_main(page)
    expect(main).to_contain_text("应是 11 位，现在是 10 位")
    expect(page.locator('textarea[name="text"]')).to_have_value(TEXT)
    page.locator('input[name="phone"]').fill("138 0000 1234")
    press_main(page)
    if page.locator("#near").count():
        with page.expect_navigation():
            page.get_by_role("button", name=re.compile("都不是，提交我的|照样提交")).click()
    expect(main).to_contain_text("青砖里居委会收到了")
    return main.locator(".plate .num").inner_text()


def _open(page: Page, code: str) -> None:
    page.goto("/cases/")
    page.locator('input[name="code"]').fill(code)
    press_main(page)


def test_a_lamp_is_reported_by_its_code_and_followed_without_an_account(demo: World, profile: Callable[..., Any]) -> None:
    ((spot,),) = demo.rows("SELECT code FROM linli_casework_spot WHERE name = '北门步道灯'")
    with profile(PLAIN, "", chromium.PHONE) as context:
        code = _report(context.new_page(), spot)
    assert re.fullmatch(r"\d{5} \d{5} \d{5}", code)

    with profile(PLAIN, "", chromium.PHONE) as context:  # another phone
        page = context.new_page()
        digits = code.replace(" ", "")
        _open(page, digits[:-1] + str((int(digits[-1]) + 1) % 10))
        expect(page.locator("main")).to_contain_text("没有这个查询码，或者口令不对")
        assert TEXT[:8] not in page.locator("main").inner_text()

    with profile(ELDER_PLAIN, "", chromium.PHONE) as context:  # the neighbour's own phone, days later
        page = context.new_page()
        _open(page, code)
        main = page.locator("main")
        expect(main).to_contain_text("第三根灯杆整晚不亮")
        expect(main).to_contain_text("提交，得到查询码，由青砖里居委会受理")
        expect(main).to_contain_text(re.compile("最晚.*答复您"))
        with page.expect_navigation():
            page.get_by_role("link", name="再补充一点").click()
        page.locator('textarea[name="text"]').fill("灯罩里有水")
        press_main(page)
        expect(main).to_contain_text("灯罩里有水")
        with page.expect_navigation():
            page.get_by_role("link", name="撤回这件事").click()
        press_main(page)
        expect(main).to_contain_text("办结了：撤回")
