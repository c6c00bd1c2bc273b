"""Templates keep to the content policy, and every component is shown."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from linli.design import gallery

APPS = Path(__file__).parents[2]
TEMPLATES = sorted(APPS.glob("*/templates/**/*.html"))
# hx-on and js: run strings as code; trigger filters too. None of them works under our policy.
BANNED = {
    "hx-on": r"hx-on[:=-]",
    "js:": r"""=["'](?:js|javascript):""",
    "trigger filter": r"""hx-trigger=["'][^"']*\[""",
    "inline handler": r"""<[a-z][^>]*\son[a-z]+=""",
    "inline style": r"""<[a-z][^>]*\sstyle=""",
    "style sheet": r"<style[\s>]",
    "inline script": r"<script(?![^>]*\bsrc=)",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(APPS)))
def test_no_template_holds_what_the_content_policy_forbids(path):
    text = path.read_text(encoding="utf-8")
    assert not [name for name, pattern in BANNED.items() if re.search(pattern, text)]


def test_every_component_is_shown_in_the_gallery():
    shown = {entry["component"] for entry in gallery.shown()} | gallery.FORM_COMPONENTS
    assert gallery.components() == shown


def test_every_shown_component_has_a_page():
    assert {entry["page"] for entry in gallery.shown()} <= set(gallery.PAGES)


def test_every_icon_that_a_template_names_exists():
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r'{% icon "([a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    assert named <= set(gallery.icons())


@pytest.mark.parametrize("code", ["400", "403_csrf", "500", "503"])
def test_the_pages_of_broken_days_need_neither_request_nor_database(code):
    """No `db` fixture here: a query would fail the test."""
    html = render_to_string(f"{code}.html")
    assert "<h1" in html and "tokens.css" in html
