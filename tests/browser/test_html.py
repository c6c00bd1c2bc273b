"""The Nu HTML checker reads every page, as the server sends it, in one go."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tools.browser import chromium, fetch
from tools.browser.world import World
from tools.checks.tree import expect_none

from ..conftest import missing
from . import pages

# Messages about HTML that browsers know and this version of the checker does not yet: pattern → why.
KNOWN: dict[str, str] = {}


def _fetch(profile: Callable[..., Any], demo: World, folder: Path) -> dict[str, str]:
    """Each page as the server sends it; by file. Pages of one person share a profile, but where something comes before."""
    sources = {}
    for by in {page.by: None for page in pages.PAGES}:
        with profile(chromium.LIGHT, by) as context:
            for number, page in enumerate(pages.PAGES):
                if page.by != by:
                    continue
                file = folder / f"{number}.html"
                sources[file.name] = str(page)
                file.write_bytes(_steps(profile, page, page.path(demo)) if page.reach else _html(context, page.path(demo)))
    return sources


def _html(context: BrowserContext, path: str) -> bytes:
    return context.request.get(path).body()


def _steps(profile: Callable[..., Any], page: pages.Page, path: str) -> bytes:
    """The page after what comes before it."""
    assert page.reach
    with profile(chromium.LIGHT, page.by) as context:
        before = context.new_page()
        page.reach(before)
        before.close()
        return _html(context, path)


def _checker() -> Path:
    if shutil.which("java") is None:
        missing("Java is not installed (Debian: apt-get install default-jre-headless)")
    try:
        return fetch.file_of(fetch.VNU)
    except fetch.Missing as error:
        return Path(missing(str(error)))


@pytest.mark.slow
def test_every_page_is_valid_html(demo: World, profile: Callable[..., Any], tmp_path: Path) -> None:
    jar = _checker()
    sources = _fetch(profile, demo, tmp_path)
    done = subprocess.run(
        ["java", "-jar", jar, "--format", "json", "--exit-zero-always", *sorted(tmp_path.glob("*.html"))],
        capture_output=True,
        text=True,
        check=True,
    )
    messages = json.loads(done.stderr or done.stdout)["messages"]
    expect_none(
        [
            f"{sources[Path(it['url']).name]}:{it.get('lastLine', 0)}: {it['message']} {it.get('extract', '').strip()[:80]}"
            for it in messages
            if it["type"] == "error" and not any(re.search(pattern, it["message"]) for pattern in KNOWN)
        ]
    )
