"""A resident's post is hidden by the committee; he appeals, the street office overturns it, and it is back.

On phones and by keyboard alone; the resident in elder mode, without any script.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tools.browser import chromium
from tools.browser.world import World

pytestmark = [pytest.mark.slow, pytest.mark.journey]

ELDER_PLAIN = chromium.ELDER._replace(scripts=False)
PLAIN = chromium.LIGHT._replace(scripts=False)
TEXT = "东门那盏灯我数过，闪了三下才亮，晚上走路留点神。"
REASON = "像是在说别人家的门牌"
TOPIC = (
    "SELECT t.id FROM linli_forum_topic t JOIN linli_forum_board b ON b.id = t.board_id JOIN linli_areas_area a ON a.id = b.place_id "
    "WHERE a.name = '纺机新村' AND b.theme = '' AND t.state = 'shown' AND t.closed_at IS NULL AND t.merged_into_id IS NULL "
    "AND t.source = '' AND t.slow = 0 ORDER BY t.last_at DESC LIMIT 1"
)
POST = "SELECT id, state FROM linli_forum_post WHERE text LIKE '东门那盏灯我数过%'"


def _enter(page: Page, what: Locator) -> None:
    """Press it from the keyboard and go where it leads."""
    with page.expect_navigation():
        what.press("Enter")


def _write(page: Page, topic: int) -> None:
    page.goto(f"/topics/{topic}/reply/")
    expect(page.locator("main")).to_contain_text("发言公约")
    page.locator('textarea[name="text"]').fill(TEXT)
    _enter(page, page.get_by_role("button", name="发出回复"))
    expect(page.locator("main")).to_contain_text(TEXT)


def _hide(page: Page, post: int) -> None:
    page.goto(f"/desk/forum/posts/{post}/")
    _enter(page, page.get_by_role("link", name="隐去", exact=True))
    page.locator('select[name="article"]').select_option("3")
    page.locator('textarea[name="reason"]').fill(REASON)
    _enter(page, page.get_by_role("button", name="隐去，并告诉作者"))
    expect(page.locator("body")).to_contain_text("已经告诉作者")


def _appeal(page: Page) -> str:
    """From the message in the inbox; returns the address of the act."""
    page.goto("/inbox/")
    _enter(page, page.get_by_role("link", name="您的一条发言被隐去了").first)
    _enter(page, page.get_by_role("link", name="看经过"))
    expect(page.locator("main")).to_contain_text(REASON)
    expect(page.locator("main")).to_contain_text(TEXT)  # he alone still reads it
    _enter(page, page.get_by_role("link", name="不同意，申诉"))
    page.locator('textarea[name="words"]').fill("东门是公共的门，不是谁家的门牌。")
    _enter(page, page.get_by_role("button", name="交出申诉"))
    expect(page.locator("main")).to_contain_text("由街道办答复")
    return page.url


def _overturn(page: Page, act: str) -> None:
    page.goto(act)
    _enter(page, page.get_by_role("link", name="去答复"))
    page.locator('input[name="overturn"][value="yes"]').press("Space")
    page.locator('textarea[name="answer"]').fill("说的是公共的门，没有违反。")
    _enter(page, page.get_by_role("button", name="答复，并告诉申诉的人"))
    expect(page.locator("body")).to_contain_text("一切恢复原样")


def test_a_hidden_post_is_appealed_and_restored_by_another(demo: World, profile: Callable[..., Any]) -> None:
    with profile(ELDER_PLAIN, "he", chromium.PHONE) as context:
        _write(context.new_page(), demo.rows(TOPIC)[0][0])
    post, state = demo.rows(POST)[0]
    assert state == "shown"
    with profile(PLAIN, "shen", chromium.PHONE) as context:
        _hide(context.new_page(), post)
    with profile(ELDER_PLAIN, "he", chromium.PHONE) as context:
        act = _appeal(context.new_page())
    with profile(PLAIN, "", chromium.PHONE) as context:
        page = context.new_page()
        page.goto(act)
        expect(page.locator("main")).to_contain_text(REASON)
        expect(page.locator("main")).not_to_contain_text("闪了三下")
    with profile(PLAIN, "shen", chromium.PHONE) as context:
        page = context.new_page()
        page.goto(act)
        expect(page.get_by_role("link", name="去答复")).to_have_count(0)  # not for those who decided
    with profile(PLAIN, "limin", chromium.PHONE) as context:
        _overturn(context.new_page(), act)
    assert demo.rows(POST)[0][1] == "shown"
    with profile(ELDER_PLAIN, "he", chromium.PHONE) as context:
        page = context.new_page()
        page.goto(f"/posts/{post}/")
        expect(page.locator("main")).to_contain_text(TEXT)
        page.goto("/inbox/")
        expect(page.locator("main")).to_contain_text("撤销")
        page.goto("/s/fangji-xincun/moderation/?what=overturned")
        expect(page.locator("main")).to_contain_text(REASON)
        expect(page.locator("main")).not_to_contain_text("何立群")
