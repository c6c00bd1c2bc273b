"""Render the main pages into docs/screens: on a phone in light and elder mode, on a desk in light and dark. `make screens`.

Which pages those are says the registry of pages (`shot=`): the face of each part, not every page. The whole folder stays
under 4 MB.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import django
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tools.browser import chromium, world

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screens"
LIMIT = 4_000_000
PHONE, DESK = (390, 1200), (1280, 1000)
LOOKS = ((chromium.LIGHT, PHONE), (chromium.LIGHT, DESK), (chromium.DARK, DESK), (chromium.ELDER, PHONE))


def compressed(png: bytes) -> bytes:
    """A screenshot as a small WebP, its letters still sharp."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    out = io.BytesIO()
    image.save(out, "WEBP", quality=40, method=6)
    return out.getvalue()


def shoot(browser: Browser, url: str, state: Any, path: str, it: Any) -> int:
    """All pictures of one page; returns their bytes."""
    total = 0
    for mode, size in LOOKS:
        with chromium.context(browser, url, mode, state=state, size=size) as context:
            page = context.new_page()
            if it.reach:
                it.reach(page)
            page.goto(path, wait_until="load")
            data = compressed(page.screenshot())
        (FOLDER / f"{it.shot}-{mode.name}-{size[0]}.webp").write_bytes(data)
        total += len(data)
    return total


def render(wanted: list[str]) -> int:
    """Render the pages with these names, or all; returns the bytes of the whole folder."""
    from tests.browser import pages

    shots = [page for page in pages.PAGES if page.shot and (not wanted or page.shot in wanted)]
    states: dict[str, Any] = {"": None}
    with tempfile.TemporaryDirectory() as folder:
        built = world.build(Path(folder) / "demo")
        with world.World(built) as running, sync_playwright() as playwright:
            browser = chromium.launch(playwright)
            for page in shots:
                if page.by not in states:
                    with chromium.context(browser, running.url, chromium.LIGHT) as context:
                        chromium.sign_in(context.new_page(), page.by)
                        states[page.by] = context.storage_state()
                size = shoot(browser, running.url, states[page.by], page.path(running), page)
                print(f"{page.shot}: {size // 1024} KB")
            browser.close()
    return sum(file.stat().st_size for file in FOLDER.glob("*.webp"))


def main() -> int:
    """Exit status 1 where the folder has grown over its limit."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings_testing")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    django.setup()
    wanted = sys.argv[1:]
    if not wanted:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    total = render(wanted)
    print(f"docs/screens: {total / 1_000_000:.1f} MB of {LIMIT / 1_000_000:.0f}")
    return 0 if total < LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
