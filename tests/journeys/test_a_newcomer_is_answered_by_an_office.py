"""A newcomer reads, comes in with a telephone number, proves his home with the paper code, posts with a picture, is
answered by the property company as an office, and marks the topic solved.

On phones, in elder mode, without any script; what is written, answered and marked is so by keyboard alone.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import reach as way
from tests.browser.keyboard import tab_to
from tests.browser.reach import press_main
from tools.browser import chromium
from tools.browser.world import World

pytestmark = [pytest.mark.slow, pytest.mark.journey]

PLAIN = chromium.LIGHT._replace(scripts=False)
ELDER_PLAIN = chromium.ELDER._replace(scripts=False)
BUILDING = (
    "SELECT b.id FROM linli_areas_area b JOIN linli_areas_area c ON b.parent_id = c.id "
    "WHERE c.name = '纺机新村' AND b.name LIKE '4%'"
)
BOARD = (
    "SELECT f.id FROM linli_forum_board f JOIN linli_areas_area a ON f.place_id = a.id "
    "WHERE a.name = '纺机新村' AND f.theme = ''"
)
TITLE = "4 幢门厅的灯闪了三天"


def _paper_code(demo: World, profile: Callable[..., Any]) -> str:
    with profile(chromium.LIGHT, "song", chromium.DESKTOP) as context:
        page = context.new_page()
        page.goto(f"/desk/home-codes/{demo.rows(BUILDING)[0][0]}/")
        press_main(page)
        return re.sub(r"\D", "", page.locator(".slip").last.locator(".code-big").inner_text())


def _prove_the_home(page: Page, code: str) -> None:
    page.goto("/residency/claim/")
    page.locator('input[name="kind"][value="tenant"]').check(force=True)
    press_main(page)
    page.locator('input[name="code"]').fill(code)
    press_main(page)
    if page.locator('input[name="name"]').count():
        page.locator('input[name="name"]').fill("顾望舒")
    press_main(page)
    press_main(page)
    expect(page.locator("h1")).to_have_text("认好了")


def _picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (640, 480), (40, 44, 60)).save(file, "JPEG")
    return file.getvalue()


def _enter(page: Page) -> None:
    """Press what has the focus and go where it leads."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _type(page: Page, field: str, words: str) -> None:
    tab_to(page, field, most=300)
    page.keyboard.insert_text(words)


def _post(page: Page, board: int) -> str:
    """A topic with a picture, by keyboard alone; its address."""
    page.goto(f"/boards/{board}/")
    tab_to(page, f'main a[href="/boards/{board}/new/"]')
    _enter(page)
    _type(page, 'input[name="title"]', TITLE)
    _type(page, 'textarea[name="text"]', "晚上进门看不清台阶。@物业 能来看看吗？")
    tab_to(page, "main form details summary")
    page.keyboard.press("Enter")
    tab_to(page, 'input[type="file"]')
    page.locator('input[type="file"]').set_input_files({"name": "灯.jpg", "mimeType": "image/jpeg", "buffer": _picture()})
    _type(page, 'input[name="new_alt"]', "门厅的灯，半边不亮")
    expect(page.locator("main form")).to_contain_text("您在这里是第 1 级")
    tab_to(page, 'main form button[value="send"]')
    _enter(page)
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator('img[alt="门厅的灯，半边不亮"]')).to_be_visible()
    return page.url.partition("?")[0].partition("#")[0]


def test_a_newcomer_posts_and_is_answered_by_an_office(demo: World, profile: Callable[..., Any]) -> None:
    board, code = demo.rows(BOARD)[0][0], _paper_code(demo, profile)
    with profile(ELDER_PLAIN, "", chromium.PHONE) as context:
        page = context.new_page()
        page.goto(f"/boards/{board}/")  # reading needs nothing
        expect(page.locator("h1")).to_have_text("纺机新村")
        way.prove_a_new_number(page)
        page.locator('main input[type="text"]').first.fill("顾望舒")
        page.locator('main input[name="age"]').first.check(force=True)
        press_main(page)
        page.goto(f"/boards/{board}/new/")
        expect(page.locator("h1")).to_contain_text("才能发言")
        _prove_the_home(page, code)
        address = _post(page, board)

        with profile(PLAIN, "tang", chromium.PHONE) as desk:
            office = desk.new_page()
            office.goto(address)
            _type(office, 'form#reply textarea[name="text"]', "今晚换灯管，**明早七点前**装好。")
            tab_to(office, 'form#reply button[value="send"]')
            _enter(office)
            answer = office.locator("article.is-office")
            expect(answer).to_contain_text("邻安物业")
            expect(answer).to_contain_text("唐惠民")
            expect(answer).to_contain_text("发帖后 不到 1 小时答复")

        page.goto(address)
        expect(page.locator("article.is-office .prose")).to_contain_text("明早七点前")
        tab_to(page, "article.is-office details summary")
        page.keyboard.press("Enter")
        tab_to(page, 'article.is-office a[href$="/solves/"]')
        _enter(page)
        tab_to(page, "main form button.btn:not(.plain)")
        _enter(page)
        page.goto(address)
        expect(page.locator("header").filter(has=page.locator("h1"))).to_contain_text("解决")


def test_a_neighbour_replies_by_keyboard_alone(demo: World, profile: Callable[..., Any]) -> None:
    board = demo.rows(BOARD)[0][0]
    with profile(chromium.LIGHT, "he", chromium.DESKTOP) as context:
        page = context.new_page()
        page.goto(f"/boards/{board}/")
        tab_to(page, 'main a[href^="/topics/"]')
        with page.expect_navigation():
            page.keyboard.press("Enter")
        tab_to(page, 'form#reply textarea[name="text"]', most=300)
        page.keyboard.insert_text("我家也看到了，跟着说一声。")
        tab_to(page, 'form#reply button[value="send"]')
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator("article .prose").last).to_contain_text("跟着说一声")
