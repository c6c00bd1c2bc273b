"""A real instance on its first day: no SMS, no password, one link on paper.

The administrator comes in by the link, sets a password and a second factor, and appoints a clerk, who comes in by
a link of his own that the operator prints.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.reach import press_main
from tools.browser import chromium, world

pytestmark = [pytest.mark.slow, pytest.mark.journey]

PHONE = "13800138000"
DIVISIONS = """code,name,parent
33,测试省,
3301,测试市,33
330102,桂江区,3301
330102001,柳渡街道,330102
330102001051,青砖里社区居委会,330102001
330102001052,柳岸社区居委会,330102001
"""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[world.World, str]]:
    """A real instance and the path of its first administrator's link."""
    folder = tmp_path_factory.mktemp("real")
    table = folder / "divisions.csv"
    table.write_text(DIVISIONS, encoding="utf-8")
    data = folder / "data"
    done = subprocess.run(
        [*world.LINLI, "init", "--divisions", table, "--district", "330102", "--admin-phone", PHONE],
        cwd=world.ROOT,
        env=world.environment(data),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    link = re.search(r"(/account/link/[^\s]+)", done.stdout)
    assert link, done.stdout
    with world.World(data) as running:
        yield running, link[1]


def totp(secret: str) -> str:
    """The six digits of now (RFC 6238), as an authenticator shows them."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def _come_in(page: Page, link: str, password: str) -> None:
    """Spend the link, then lock the door behind oneself: password, second factor."""
    page.goto(link)
    press_main(page)
    page.locator('a[href="/account/password/"]').first.click()
    page.locator('input[name="password"]').fill(password)
    press_main(page)
    page.locator('a[href="/me/second-factor/"]').first.click()
    page.locator('a[href="/account/2fa/totp/activate/"]').first.click()
    shown = page.locator("main").inner_text().replace(" ", "").replace("\n", " ")
    secret = re.search(r"[A-Z2-7]{26,}", shown)
    assert secret, shown
    page.locator('input[name="code"]').fill(totp(secret[0]))
    press_main(page)
    page.goto("/me/set-up/")
    expect(page).to_have_url(re.compile("/me/$"))


def _appoint_somebody_new(page: Page, body: str, name: str, phone: str) -> None:
    page.goto("/desk/bodies/?q=" + body)
    page.locator("main").get_by_role("link", name=re.compile(body)).first.click()
    page.locator('a[href$="/appoint/"]').first.click()
    page.locator('input[name="number"]').fill(phone)
    press_main(page)
    page.locator('input[name="name"]').fill(name)
    page.locator('input[name="title"]').fill("干事")
    page.locator('input[name="role"][value="residents_committee"]').check(force=True)
    press_main(page)


def _another_link(folder: Path, phone: str) -> str:
    """What the operator prints for somebody whom no SMS reaches yet."""
    command = [*world.LINLI, "people", "link", phone]
    done = subprocess.run(
        command, cwd=world.ROOT, env=world.environment(folder), capture_output=True, text=True, check=False
    )
    found = re.search(r"(/account/link/[^\s]+)", done.stdout)
    assert found, done.stdout + done.stderr
    return found[1]


def test_the_administrator_comes_in_by_the_link_and_appoints_a_clerk(
    browser: Browser, real: tuple[world.World, str]
) -> None:
    running, link = real
    with chromium.context(browser, running.url, chromium.LIGHT, size=chromium.DESKTOP) as context:
        page = context.new_page()
        _come_in(page, link, "桥头第三盏路灯又亮了")
        _appoint_somebody_new(page, "柳岸", "方小菊", "13900139000")
        expect(page.locator("main")).to_contain_text("方小菊")

    with chromium.context(browser, running.url, chromium.TOUCH, size=chromium.PHONE) as context:
        page = context.new_page()
        _come_in(page, _another_link(running.folder, "13900139000"), "河边那一排银杏树黄了")
        answer = page.goto("/desk/")
        assert answer is not None and answer.status == 200
        expect(page.locator("body")).to_contain_text("柳岸")


def test_the_link_works_once(browser: Browser, real: tuple[world.World, str]) -> None:
    running, link = real
    with chromium.context(browser, running.url, chromium.LIGHT) as context:
        page = context.new_page()
        answer = page.goto(link)
        assert answer is not None and answer.status == 410
