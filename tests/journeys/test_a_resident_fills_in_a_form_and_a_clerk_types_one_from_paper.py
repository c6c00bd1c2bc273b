"""A resident fills in a form on a phone, stops, goes on elsewhere, corrects and sends it; a clerk types in one from paper.

On a phone in elder mode and without any script; the clerk at a desk.
"""

from __future__ import annotations

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
SENT = (
    "SELECT f.channel, COUNT(*) FROM linli_forms_filling f JOIN linli_forms_formversion v ON v.id = f.version_id "
    "JOIN linli_forms_formkind k ON k.id = v.kind_id WHERE k.key = 'parking-views' AND f.state = 'sent' GROUP BY f.channel"
)


def _choose(page: Page, label: str) -> None:
    page.get_by_label(label, exact=True).check(force=True)


def _press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def test_a_resident_stops_goes_on_elsewhere_corrects_and_sends(demo: World, profile: Callable[..., Any]) -> None:
    before = dict(demo.rows(SENT))
    with profile(ELDER_PLAIN, "he", chromium.PHONE) as context:
        page = context.new_page()
        page.goto("/f/parking-views/")
        _press(page, "开始填")
        press_main(page)
        expect(page.locator("[role=alert]")).to_contain_text("“家里几辆车”还没填")
        page.get_by_label("家里几辆车").fill("2")
        press_main(page)
        _choose(page, "院里的空地")
        press_main(page)
        _choose(page, "是")
        _press(page, "先存着，以后再填")
        expect(page.locator("h1")).to_have_text("存好了")

    with profile(PLAIN, "he", chromium.DESKTOP) as context:  # another device, the same account
        page = context.new_page()
        page.goto("/me/forms/")
        with page.expect_navigation():
            page.get_by_role("link", name="小区停车意见征集").click()
        expect(page.locator("h1")).to_have_text("晚上停车")
        _choose(page, "被别人的车堵住")
        press_main(page)
        page.get_by_label("哪里最堵").fill("3 幢北面")
        press_main(page)
        _choose(page, "重新划线")
        _choose(page, "否")
        press_main(page)
        press_main(page)
        expect(page.locator("h1")).to_have_text("核对一遍")
        with page.expect_navigation():
            page.get_by_role("link", name="改 碰到过什么").click()
        page.get_by_label("被别人的车堵住", exact=True).uncheck(force=True)
        _choose(page, "都没有")
        press_main(page)
        expect(page.locator("h1")).to_have_text("核对一遍")
        expect(page.locator("main")).not_to_contain_text("3 幢北面")  # nobody asks where any more
        press_main(page)
        expect(page.locator("h1")).to_have_text("交好了")
    assert dict(demo.rows(SENT))["web"] == before["web"] + 1


def test_a_clerk_types_a_form_in_from_paper(demo: World, profile: Callable[..., Any]) -> None:
    before = dict(demo.rows(SENT))
    with profile(PLAIN, "gu", chromium.DESKTOP) as context:
        page = context.new_page()
        page.goto("/f/parking-views/paper/")
        expect(page.locator("main")).to_contain_text("“家里几辆车”不少于 1，才填")
        page.goto("/desk/fill/")
        with page.expect_navigation():
            page.get_by_role("link", name="小区停车意见征集").click()
        _choose(page, "纸面")
        _press(page, "开始录入")
        page.get_by_label("家里几辆车").fill("1")
        with page.expect_navigation():
            page.get_by_label("家里几辆车").press("Enter")  # what it asks for comes up
        _choose(page, "外面路边")
        _choose(page, "都没有")
        _choose(page, "加充电位")
        page.get_by_role("group", name="为这些办法每月交点钱，行吗").get_by_label("否", exact=True).check(force=True)
        _press(page, "交给纺机新村业委会")
        expect(page.locator("[role=alert]")).to_contain_text("“想排车位吗”还没选")
        expect(page.get_by_label("外面路边", exact=True)).to_be_checked()
        page.get_by_role("group", name="想排车位吗").get_by_label("是", exact=True).check(force=True)
        _press(page, "交给纺机新村业委会")
        expect(page.locator("h1")).to_have_text("交好了")
    assert dict(demo.rows(SENT))["paper"] == before["paper"] + 1
