"""One visit looks at a page in every mode: what is planted in one mode alone is found, and in that one alone."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser

from tools.browser import chromium

from . import visit
from .pages import Page

pytestmark = pytest.mark.slow

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'",
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-store",
}  # fmt: skip
STYLE = "button { inline-size: 70px; block-size: 70px } body { background: #fff; color: #000 }"
PLANTED = """
@media (prefers-color-scheme: dark) { #dark { color: #333; background: #222 } }
@media (prefers-color-scheme: dark) and (width < 500px) { #dark-phone { color: #333; background: #222 } }
@media (width < 500px) { #phone { color: #ccc } }
@media (width < 340px) { #narrow { inline-size: 360px } }
@media (pointer: coarse) { #finger { inline-size: 30px } }
html[style*="200%"] #text { inline-size: 600px }
html[data-mode="elder"] #elder { inline-size: 50px }
html[data-mode="elder"][data-size="3"] #largest { inline-size: 500px }
html[data-contrast] #contrast { color: #ccc }
@media (width > 500px) { html[data-contrast] #contrast-desk { color: #ccc } }
"""
NAMES = ("dark", "dark-phone", "phone", "narrow", "text", "largest", "contrast", "contrast-desk")


def _page(cookies: dict[str, str], *, bad: bool, stubborn: bool = False) -> str:
    shown = {} if stubborn else cookies
    data = "".join(
        f' data-{name}="{shown[f"linli_{name}"]}"'
        for name in ("mode", "size", "contrast")
        if f"linli_{name}" in shown
    )
    head = (
        '<meta name="viewport" content="width=device-width"><title>t</title><link rel="stylesheet" href="/x.css">'
    )
    inside = "<h1>好</h1><form><button>交</button></form>"
    if bad:
        inside = "<h1 hidden>好</h1><form><button id=elder>交</button><button id=finger>按</button></form><button>死</button>"
        inside += "".join(f"<p id={name}>这里有字</p>" for name in NAMES) + "<script src=/x.js></script>"
        inside += "<!--" + "0123456789abcdef" * 2_400 + "-->"
    return f'<!doctype html><html lang="zh"{data}><head>{head}</head><body><main>{inside}</main></body></html>'


@contextmanager
def _served(make: Callable[[dict[str, str]], str], style: str, headers: dict[str, str]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            cookies = {name: it.value for name, it in SimpleCookie(self.headers.get("Cookie", "")).items()}
            kind, text = "text/html; charset=utf-8", make(cookies)
            if self.path != "/":
                kind, text = ("text/css", style) if "css" in self.path else ("text/javascript", SCRIPT)
            self.send_response(204 if "ico" in self.path else 200)
            for name, value in {**headers, "Content-Type": kind}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


SCRIPT = "document.querySelector('h1').hidden = false; console.error('oh');"


def _found(browser: Browser, url: str) -> list[str]:
    with chromium.context(browser, url, chromium.LIGHT, size=chromium.DESKTOP) as context:
        return visit.look(context.new_page(), Page("", address="/"), "/", url.removeprefix("http://"))


def test_a_good_page_passes_in_every_mode(browser: Browser, axe_core: None) -> None:
    with _served(lambda cookies: _page(cookies, bad=False), STYLE, HEADERS) as url:
        assert _found(browser, url) == []


def test_each_fault_is_found_in_the_mode_in_which_it_was_planted_and_in_no_other(
    browser: Browser, axe_core: None
) -> None:
    headers = {name: value for name, value in HEADERS.items() if name != "X-Frame-Options"}
    with _served(lambda cookies: _page(cookies, bad=True), STYLE + PLANTED, headers) as url:
        found = _found(browser, url)
    short = sorted({_short(it) for it in found})
    assert short == sorted(
        [
            "dark 1280: axe color-contrast #dark", "dark 390: axe color-contrast #dark", "dark 390: axe color-contrast #dark-phone",
            "dark 390: axe color-contrast #phone", "light 390: axe color-contrast #phone", "light 390: under #finger",
            "light 320: wide #narrow", "text 200 %: wide #text", "elder 390: axe color-contrast #phone",
            "elder 390: under #elder", "elder 390: under #finger", "elder largest 390: wide #largest",
            "contrast 390: axe color-contrast #phone", "contrast 390: axe color-contrast #contrast",
            "contrast 1280: axe color-contrast #contrast", "contrast 1280: axe color-contrast #contrast-desk",
            "no scripts: no visible h1", "dead without scripts: <button> “死”",
            "console: oh", "header x-frame-options lacks DENY", "the same page again takes bytes",
        ]
    ), found  # fmt: skip


def _short(finding: str) -> str:
    """`dark 390: axe color-contrast #dark`, without the reasons."""
    axe = re.match(r"(.*?): axe ([\w-]+): .*?(#[\w-]+)", finding)
    if axe:
        return f"{axe[1]}: axe {axe[2]} {axe[3]}"
    box = re.match(r"(.*?): (under|too wide).*?(#[\w-]+)", finding)
    if box:
        return f"{box[1]}: {box[2].removeprefix('too ')} {box[3]}"
    return re.sub(r" \d+ bytes", " bytes", finding)


def test_a_page_that_does_not_turn_to_a_mode_is_found(browser: Browser, axe_core: None) -> None:
    with _served(lambda cookies: _page(cookies, bad=False, stubborn=True), STYLE, HEADERS) as url:
        assert _found(browser, url) == [
            f"{name}: the page is not in this mode" for name in ("elder", "elder-largest", "contrast")
        ]
