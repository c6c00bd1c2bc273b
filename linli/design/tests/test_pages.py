"""The gallery's pages, and what a page weighs."""

import gzip
import re
from pathlib import Path

import pytest
from django.urls import reverse

from linli.design import gallery

STATIC = Path(__file__).parents[1] / "static/design"


def address(page):
    return reverse("design:gallery") if page == "index" else reverse("design:gallery_page", args=[page])


@pytest.mark.django_db
@pytest.mark.parametrize("page", gallery.PAGES)
def test_a_gallery_page_shows_its_components(client, page):
    html = client.get(address(page)).content.decode()
    for entry in gallery.shown():
        assert (f'id="c-{entry["component"]}"' in html) == (entry["page"] == page)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids)), sorted({i for i in ids if ids.count(i) > 1})
    assert " style=" not in html


@pytest.mark.django_db
def test_the_gallery_follows_the_modes(client):
    client.cookies.load({"linli_mode": "elder", "linli_theme": "dark", "linli_size": "3", "linli_lang": "en"})
    html = client.get(address("words")).content.decode()
    assert '<html lang="en"' in html
    assert 'data-mode="elder" data-theme="dark" data-size="3"' in html
    assert "Showroom" in html


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_so(client):
    assert client.get("/design/nothing/").status_code == 404


def weight(names):
    return sum((STATIC / name).stat().st_size for name in names)


@pytest.mark.django_db
def test_a_page_keeps_its_budget(client):
    """HTML and CSS at most 60 KB as written; the first load at most 100 KB over the wire, htmx included."""
    css = ["tokens.css", "base.css", "components.css", "talk.css"]
    html = client.get("/design/nothing/").content
    assert weight(css) + len(html) <= 60_000
    wire = [*css, "look.js", "icons.svg", "favicon.svg", "vendor/htmx-4.0.1.min.js"]
    assert len(html) + sum(len(gzip.compress((STATIC / name).read_bytes())) for name in wire) <= 60_000


@pytest.mark.django_db
def test_record_numbers_stand_in_the_footer_only_where_set(client, settings):
    from dataclasses import replace

    assert "beian" not in client.get(address("words")).content.decode()
    settings.LINLI_INSTANCE = replace(settings.LINLI_INSTANCE, icp="桂ICP备00000000号", hotline="5550100")
    html = client.get(address("words")).content.decode()
    assert "桂ICP备00000000号" in html and "555 0100" in html
