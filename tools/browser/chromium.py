"""Debian's Chromium, and the modes in which a page is looked at."""

from __future__ import annotations

import os
import shutil
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from .fetch import Missing

ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
PHONE, DESKTOP, NARROW = (390, 844), (1280, 900), (320, 700)


class Mode(NamedTuple):
    """How somebody looks at a page: colours, display cookies, scripts, finger or mouse."""

    name: str
    dark: bool = False
    cookies: tuple[tuple[str, str], ...] = ()
    scripts: bool = True
    touch: bool = False


LIGHT = Mode("light")
TOUCH = Mode("touch", touch=True)
DARK = Mode("dark", dark=True)
ELDER = Mode("elder", cookies=(("mode", "elder"),), touch=True)
LARGEST = Mode("elder-largest", cookies=(("mode", "elder"), ("size", "3")), touch=True)
CONTRAST = Mode("contrast", cookies=(("contrast", "more"),))
PLAIN = Mode("no scripts", scripts=False)
ENGLISH = Mode("english", cookies=(("lang", "en"),))


def find() -> str:
    """The program's path. Raises Missing where there is none."""
    names = [os.environ.get("LINLI_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    for name in filter(None, names):
        if path := shutil.which(name):
            return path
    raise Missing("Chromium is not installed (Debian: apt-get install chromium fonts-noto-cjk)")


def launch(playwright: Playwright) -> Browser:
    """A headless browser that talks to nobody but the pages it is sent to."""
    return playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)


def context(
    browser: Browser, url: str, mode: Mode, *, state: Any = None, size: tuple[int, int] = PHONE
) -> BrowserContext:
    """A fresh profile in this mode, signed in where a storage state is given."""
    it = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if mode.dark else "light",
        java_script_enabled=mode.scripts,
        has_touch=mode.touch,
        reduced_motion="reduce",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        storage_state=state,
        base_url=url,
    )
    it.set_default_timeout(15_000)
    it.add_cookies([{"name": f"linli_{key}", "value": value, "url": url} for key, value in mode.cookies])
    return it


def sign_in(page: Page, persona: str) -> None:
    """Become a demo person by the button of the demo's sign-in page."""
    answer = page.goto("/account/login/")
    assert answer is not None and answer.ok, f"the sign-in page answers {answer and answer.status}"
    button = page.locator(f'form[action="/demo/sign-in/"] button[name="persona"][value="{persona}"]')
    assert button.count(), f"the sign-in page offers no {persona}"
    with page.expect_navigation():
        button.first.click()
