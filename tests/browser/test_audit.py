"""The checks themselves find what was planted, and leave good things alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tools.browser import chromium

from . import audit

pytestmark = pytest.mark.slow


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with chromium.context(browser, "http://127.0.0.1", chromium.TOUCH) as context:
        yield context.new_page()


def _body(page: Page, html: str) -> None:
    page.set_content(
        f"<!doctype html><html lang=zh><title>t</title><meta name=viewport content='width=device-width'>{html}"
    )


def test_what_reaches_over_the_edge_is_found_unless_it_scrolls_by_itself(page: Page) -> None:
    _body(
        page,
        "<div id=wide style='width:600px'>宽</div><div style='overflow-x:auto'><div style='width:600px'>表</div></div>",
    )
    assert [it for it in audit.overflow(page) if "#wide" in it]
    assert len(audit.overflow(page)) == 1


def test_small_targets_are_found_and_links_inside_a_sentence_are_not(page: Page) -> None:
    small = "<button id=small style='width:30px;height:30px;padding:0'>×</button>"
    sentence = "<p>请看<a href=/x>说明</a>再来。</p>"
    alone = "<ul><li><a id=alone href=/y>说明</a></li></ul>"
    label = "<label style='display:block;width:200px;height:44px'><input type=checkbox>同意</label>"
    _body(page, small + sentence + alone + label)
    found = " ".join(audit.targets(page, 44))
    assert "#small" in found and "#alone" in found
    assert len(audit.targets(page, 44)) == 2


def test_an_extended_hit_area_counts(page: Page) -> None:
    style = "<style>#card{position:relative;height:80px;width:80px}#card a::after{content:'';position:absolute;inset:0}</style>"
    _body(page, f"{style}<div id=card><a href=/x>去</a></div>")
    assert audit.targets(page, 44) == []


def test_a_button_without_a_form_is_dead_without_scripts(page: Page) -> None:
    _body(
        page,
        "<button id=dead>按</button><form><button>交</button></form><button popovertarget=p>开</button><div id=p popover>好</div>",
    )
    assert audit.dead_controls(page) == ["dead without scripts: <button#dead> “按”"]


def test_axe_core_finds_a_field_without_a_label(page: Page, axe_core: None) -> None:
    _body(page, "<main><h1>好</h1><input id=nameless></main>")
    assert any("axe label" in it for it in audit.axe(page))


def test_requests_to_other_hosts_and_console_messages_are_heard(page: Page) -> None:
    wire = audit.Wire(page, "127.0.0.1")
    page.route("**/*", lambda route: route.abort())
    _body(page, "<img src='http://elsewhere.invalid/x.png' alt=''><script>console.error('oh')</script>")
    page.wait_for_load_state()
    found = " ".join(wire.findings(100))
    assert "another host" in found and "console: oh" in found
