"""A burst main: a clerk writes on a phone, the chairwoman checks, at its minute it goes out to six buildings.

The resident of one of them sees it and that it is about her; her neighbour of the next compound does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.keyboard import tab_to
from tests.browser.reach import press_main
from tools.browser import chromium
from tools.browser.world import World

pytestmark = [pytest.mark.slow, pytest.mark.journey]

PLAIN = chromium.LIGHT._replace(scripts=False)
ELDER_PLAIN = chromium.ELDER._replace(scripts=False)
SHORT = "水管抢修，一到六幢停水到二十点半，送水车在三幢南门口。"
SITE, NEXT = "/s/fangji-xincun/", "/s/yinxing-yuan/"


def _soon() -> datetime:
    """A minute that has not begun: the form takes whole ones."""
    return datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(seconds=70)


def _fill(page: Page, title: str, at: datetime | None) -> None:
    page.goto("/desk/notices/new/")
    page.locator("#id_title").fill(title)
    page.locator("#id_kind").select_option("outage")
    page.locator('input[name="level"][value="urgent"]').check(force=True)
    page.locator("#id_site").select_option(label="　　纺机新村")
    page.locator("#id_buildings").fill("1—6")
    page.locator("#id_text").fill("送水车在 3 幢南门口。\n\n- 行动不便的打 555 0110\n- 来水先放一会儿")
    page.locator("#id_short").fill(SHORT)
    page.locator("#id_valid_until").fill((datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=1)).date().isoformat())
    if at is not None:
        page.locator("#id_publish_day").fill(at.date().isoformat())
        page.locator("#id_publish_time").fill(f"{at:%H:%M}")


def _check(page: Page, title: str) -> None:
    page.goto("/desk/notices/?show=waiting")
    page.get_by_role("link", name=title).click()
    expect(page.locator("main")).to_contain_text("蒋小满写的")
    with page.expect_navigation():
        page.locator('button[name="do"][value="check"]').click()
    expect(page.locator("main")).to_contain_text("核过了")


def _sees(page: Page, path: str, title: str) -> bool:
    page.goto(path)
    return title in page.locator("main").inner_text().replace("\u00a0", " ")


def _hand_in(profile: Callable[..., Any], mode: chromium.Mode, title: str) -> None:
    with profile(mode, "jiang", chromium.PHONE) as context:
        page = context.new_page()
        _fill(page, title, _soon())
        press_main(page)
        expect(page.locator("main")).to_contain_text("等同事或上一级来核")
    with profile(mode, "shen", chromium.PHONE) as context:
        _check(context.new_page(), title)


def _comes_out(profile: Callable[..., Any], mode: chromium.Mode, title: str) -> None:
    """At its minute, to her whose building is meant; not to her neighbour."""
    with profile(mode, "he", chromium.PHONE) as context:
        page = context.new_page()
        for _ in range(60):
            if _sees(page, SITE, title):
                break
            page.wait_for_timeout(2_500)
        expect(page.locator(".urgent").filter(has_text=title)).to_be_visible()
        page.locator(".urgent").filter(has_text=title).get_by_role("link").click()
        expect(page.locator("main")).to_contain_text("说的是您那幢")
        expect(page.locator("main")).to_contain_text(re.compile("1—6\\s*幢"))
    with profile(mode, "hu", chromium.PHONE) as context:
        page = context.new_page()
        for path in (NEXT, f"{NEXT}notices/", f"{SITE}notices/"):
            assert not _sees(page, path, title), path


def test_a_clerk_has_an_urgent_notice_checked_and_scheduled_and_the_right_building_sees_it(
    demo: World, profile: Callable[..., Any]
) -> None:
    """In light and in elder mode; both notices wait for their minute together."""
    titles = {mode: f"水管抢修停水到二十点半（{mode.name}）" for mode in (PLAIN, ELDER_PLAIN)}
    for mode, title in titles.items():
        _hand_in(profile, mode, title)
    for mode, title in titles.items():
        _comes_out(profile, mode, title)


def test_a_short_form_too_long_and_personal_data_are_named_and_nothing_typed_is_lost(profile: Callable[..., Any]) -> None:
    with profile(ELDER_PLAIN, "jiang", chromium.PHONE) as context:
        page = context.new_page()
        _fill(page, "领水卡", None)
        page.locator("#id_short").fill("停" * 71)
        page.locator("#id_text").fill("张师傅 13800001234")
        press_main(page)
        expect(page.locator("#errors")).to_contain_text("最多 70 个字，现在是 71 个")
        page.locator("#id_short").fill(SHORT)
        press_main(page)
        expect(page.locator("#id_text_error")).to_contain_text("个人手机号 138…34")
        assert page.locator("#id_text").input_value() == "张师傅 13800001234"
        assert page.locator("#id_buildings").input_value() == "1—6"
        page.locator("#id_private_ok").check(force=True)
        press_main(page)
        expect(page.locator("main")).to_contain_text("等同事或上一级来核")


def test_writing_and_checking_by_keyboard_alone(demo: World, profile: Callable[..., Any]) -> None:
    title = "键盘写的一条公告"
    with profile(PLAIN, "jiang", chromium.DESKTOP) as context:
        page = context.new_page()
        page.goto("/desk/notices/new/")
        tab_to(page, "#id_title")
        page.keyboard.insert_text(title)
        tab_to(page, "#id_site")
        page.keyboard.press("ArrowDown")
        tab_to(page, "#id_text")
        page.keyboard.insert_text("照常开门。")
        tab_to(page, "#id_valid_until")
        day = (datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=3)).date()
        page.locator("#id_valid_until").fill(day.isoformat())  # the native control's own keys differ by platform
        tab_to(page, 'button[value="submit"]')
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text(title)
    with profile(PLAIN, "shen", chromium.DESKTOP) as context:
        page = context.new_page()
        page.goto("/desk/notices/?show=waiting")
        path = page.get_by_role("link", name=title).get_attribute("href")
        tab_to(page, f'a[href="{path}"]')
        with page.expect_navigation():
            page.keyboard.press("Enter")
        tab_to(page, 'button[value="check"]')
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator("main")).to_contain_text("核过了，已经发布")
