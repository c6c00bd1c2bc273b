"""The committee prints codes, a volunteer brings one to the door, and whoever lives there types it in.

On a phone, in elder mode, without any script.
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

ELDER_PLAIN = chromium.ELDER._replace(scripts=False)
BUILDING = (
    "SELECT b.id FROM linli_areas_area b JOIN linli_areas_area c ON b.parent_id = c.id "
    "WHERE c.name = '纺机新村' AND b.name LIKE '5%'"
)


def _print_codes(page: Page, building: int) -> tuple[str, str]:
    """What stands on the first slip: the place and the twelve digits."""
    page.goto(f"/desk/home-codes/{building}/")
    press_main(page)
    slip = page.locator(".slip").first
    place = slip.locator("h2").inner_text()
    return place, re.sub(r"\D", "", slip.locator(".code-big").inner_text())


def test_a_resident_claims_a_home_with_the_code_that_the_clerk_printed(
    demo: World, profile: Callable[..., Any]
) -> None:
    building = demo.rows(BUILDING)[0][0]
    with profile(chromium.LIGHT, "song", chromium.DESKTOP) as context:
        place, code = _print_codes(context.new_page(), building)
    assert len(code) == 12

    with profile(ELDER_PLAIN, "jiang", chromium.PHONE) as context:
        page = context.new_page()
        page.goto("/residency/claim/")
        page.locator('input[name="kind"][value="family"]').check(force=True)
        press_main(page)
        page.locator('input[name="code"]').fill(f"{code[:4]} {code[4:8]} {code[8:]}")
        press_main(page)
        if page.locator('input[name="name"]').count():
            page.locator('input[name="name"]').fill("蒋小满")
        press_main(page)
        expect(page.locator("main")).to_contain_text(place.split()[-1])
        press_main(page)
        expect(page.locator("h1")).to_have_text("认好了")
        page.goto("/residency/")
        expect(page.locator("main")).to_contain_text("已认证")


def test_a_wrong_code_says_so_and_keeps_what_was_typed(profile: Callable[..., Any]) -> None:
    with profile(ELDER_PLAIN, "zheng", chromium.PHONE) as context:
        page = context.new_page()
        page.goto("/residency/claim/")
        page.locator('input[name="kind"][value="owner"]').check(force=True)
        press_main(page)
        page.locator('input[name="code"]').fill("1111 2222 3333")
        press_main(page)
        expect(page.locator("#errors, .errors").first).to_be_visible()
        assert re.sub(r"\D", "", page.locator('input[name="code"]').input_value()) == "111122223333"
