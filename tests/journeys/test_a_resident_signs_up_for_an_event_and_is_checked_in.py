"""A clerk publishes an event on his phone, a resident signs up with a companion, and at the door the code is opened.

On phones, in elder mode for the resident, without any script.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reach import press_main
from tools.browser import chromium
from tools.browser.world import World

pytestmark = [pytest.mark.slow, pytest.mark.journey]

PLAIN = chromium.LIGHT._replace(scripts=False)
ELDER_PLAIN = chromium.ELDER._replace(scripts=False)
TITLE = "晚上一起看月亮"


def _publish(page: Page) -> str:
    """An event of tonight, so that its door is open already; returns its address."""
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    page.goto("/desk/events/new/")
    page.locator('select[name="place"]').select_option(label="青砖里纺机新村")
    for name, value in {
        "title": TITLE, "starts_day": today.isoformat(), "starts_time": "23:59", "ends_time": "01:00",
        "last_day": (today + timedelta(days=1)).isoformat(), "where": "3 幢天台", "capacity": "2",
    }.items():  # fmt: skip
        page.locator(f'input[name="{name}"]').fill(value)
    page.locator('select[name="companions"]').select_option("1")
    press_main(page)
    expect(page.locator("main")).to_contain_text("草稿，还没发布")
    with page.expect_navigation():
        page.get_by_role("button", name="发布").click()
    expect(page.locator("main")).to_contain_text("还有 2 个位子")
    with page.expect_navigation():
        page.get_by_role("link", name="看公开的页面").click()
    return page.url


def test_a_resident_signs_up_with_a_companion_and_the_organiser_checks_them_in(
    demo: World, profile: Callable[..., Any]
) -> None:
    with profile(PLAIN, "shen", chromium.PHONE) as context:
        address = _publish(context.new_page())

    with profile(ELDER_PLAIN, "he", chromium.PHONE) as context:
        page = context.new_page()
        page.goto("/s/fangji-xincun/events/")
        with page.expect_navigation():
            page.get_by_role("link", name=TITLE).click()
        assert page.url == address
        with page.expect_navigation():
            page.get_by_role("link", name="报名", exact=True).click()
        page.get_by_label("带 1 位").check(force=True)
        press_main(page)
        expect(page.locator("h1")).to_have_text("您报上了")
        expect(page.locator("img.qr")).to_be_visible()
        ticket = page.url

    with profile(ELDER_PLAIN, "zhou", chromium.PHONE) as context:
        page = context.new_page()
        page.goto(ticket)
        expect(page.locator("h1")).not_to_have_text("您报上了")  # somebody else's ticket is not there
        page.goto(address)
        with page.expect_navigation():
            page.get_by_role("link", name="排候补").click()
        press_main(page)
        expect(page.locator("main")).to_contain_text("您排第 1 家")

    with profile(PLAIN, "shen", chromium.PHONE) as context:
        page = context.new_page()
        page.goto(ticket)
        expect(page.locator("h1")).to_have_text("何立群")
        press_main(page)
        expect(page.locator("main")).to_contain_text("已签到")
        page.goto(ticket)
        expect(page.locator("main")).to_contain_text("已签到")
        expect(page.get_by_role("button", name="签到")).to_have_count(0)


def test_who_cancels_leaves_his_place_to_who_waits(demo: World, profile: Callable[..., Any]) -> None:
    """The full event of the demo: 周秀英 has a place and gives it up, by keyboard alone."""
    query = "SELECT s.state, COUNT(*) FROM linli_activities_signup s JOIN linli_activities_event e ON e.id = s.event_id WHERE e.title LIKE '手机挂号%' GROUP BY s.state"
    before = dict(demo.rows(query))
    with profile(ELDER_PLAIN, "zhou", chromium.PHONE) as context:
        page = context.new_page()
        page.goto("/events/mine/")
        with page.expect_navigation():
            page.get_by_role("link", name="手机挂号").press("Enter")
        with page.expect_navigation():
            page.get_by_role("link", name="取消报名").press("Enter")
        with page.expect_navigation():
            page.get_by_role("button", name="取消报名").press("Enter")
        expect(page.locator("main")).to_contain_text("取消了，位子让给后面的人")
    after = dict(demo.rows(query))
    assert after["going"] == before["going"] and after["waiting"] == before["waiting"] - 1
