"""What has to be done before some pages open: the steps that come before them."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Callable

from playwright.sync_api import Page

NUMBERS = itertools.count(10_000 * (os.getpid() % 9000))


def press_main(page: Page) -> None:
    """The one filled button of a form page."""
    with page.expect_navigation():
        page.locator("main form button.btn:not(.plain)").first.click()


def ask_for_a_code(page: Page) -> None:
    """Give a phone number that nobody has, another each time: a number gets five codes a day."""
    page.goto("/account/login/")
    page.locator('input[name="phone"]').fill(f"199{next(NUMBERS):08d}")
    press_main(page)


def prove_a_new_number(page: Page) -> None:
    """A number that nobody has, and the code that the demo's outbox shows."""
    ask_for_a_code(page)
    code = newest_code(page)
    page.goto("/account/login/code/")
    page.locator('input[name="code"]').fill(code)
    press_main(page)


def newest_code(page: Page) -> str:
    """The newest six digits in the demo's outbox."""
    other = page.context.new_page()
    other.goto("/demo/outbox/")
    text = other.locator("main").inner_text()
    other.close()
    found = re.search(r"(?<!\d)(\d{6}|\d{3} \d{3})(?!\d)", text)
    assert found, text[:500]
    return found[1].replace(" ", "")


def claim_as(kind: str) -> Callable[[Page], None]:
    """The first question of a claim, answered."""

    def steps(page: Page) -> None:
        page.goto("/residency/claim/")
        page.locator(f'input[name="kind"][value="{kind}"]').check(force=True)
        press_main(page)

    return steps


def claim_a_workplace(page: Page) -> None:
    """Works here: down to a community, and take it."""
    claim_as("works_here")(page)
    while (
        page.locator('main a[href*="?at="]:not(nav a)').count()
        and not page.locator('main input[name="area"]').count()
    ):
        with page.expect_navigation():
            page.locator('main a[href*="?at="]:not(nav a)').last.click()
    press_main(page)


def claim_to_the_check(page: Page) -> None:
    """Everything answered; only to look once more."""
    claim_a_workplace(page)
    for field in page.locator('main input[name="name"]').all():
        field.fill("林一帆")
    press_main(page)
