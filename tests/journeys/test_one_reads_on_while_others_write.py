"""With scripts: what one types is kept by itself, a reaction moves nothing, and new replies wait behind a bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tools.browser import chromium
from tools.browser.world import World

pytestmark = [pytest.mark.slow, pytest.mark.journey]
# A topic of one page on a board for all, that nobody else's test looks for.
TOPIC = (
    "SELECT t.id FROM linli_forum_topic t JOIN linli_forum_board b ON b.id = t.board_id WHERE b.name = '纺机新村' AND b.theme = '' "
    "AND t.state = 'shown' AND t.closed_at IS NULL AND t.merged_into_id IS NULL AND t.replies BETWEEN 4 AND 12 "
    "AND NOT EXISTS (SELECT 1 FROM linli_forum_slowmode s WHERE s.topic_id = t.id) AND t.source = '' ORDER BY t.id LIMIT 1"
)
TYPED = "我也去看过，改天拍张照片上来"


def test_a_reader_loses_neither_place_nor_words(demo: World, profile: Callable[..., Any]) -> None:
    path = f"/topics/{demo.rows(TOPIC)[0][0]}/"
    with profile(chromium.LIGHT, "he", chromium.PHONE) as context, profile(chromium.LIGHT, "fang", chromium.PHONE) as other:
        page, writer = context.new_page(), other.new_page()
        page.goto(path)
        page.evaluate("window.stayed = true")  # gone with the document
        button = page.locator('article button.react[value^="agree:"]').nth(1)
        before = button.get_attribute("aria-pressed")
        button.click()
        expect(page.locator('article button.react[value^="agree:"]').nth(1)).not_to_have_attribute("aria-pressed", before or "")
        assert page.evaluate("window.stayed === true"), "a reaction loads no page"

        box = page.locator('form#reply textarea[name="text"]')
        box.click()
        page.keyboard.insert_text(TYPED)
        expect(page.locator("#kept")).to_contain_text("存好了", timeout=15_000)

        writer.goto(path)
        writer.locator('form#reply textarea[name="text"]').fill("方主任说，周四有人来量。")
        with writer.expect_navigation():
            writer.locator('form#reply button[value="send"]').click()

        bar = page.locator("#fresh a.btn")
        expect(bar).to_contain_text("1 条新回复", timeout=45_000)
        top = page.evaluate("scrollY")
        assert box.input_value() == TYPED
        bar.click()
        expect(page.locator("article .prose").last).to_contain_text("周四有人来量")
        assert box.input_value() == TYPED
        assert page.evaluate("scrollY") >= top, "nothing moved away from the reader"
        assert page.evaluate("window.stayed === true"), "no page was loaded anew"
        page.goto(path)
        assert page.locator('form#reply textarea[name="text"]').input_value() == TYPED
