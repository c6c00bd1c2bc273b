"""For the tests in a browser: one demo world a worker, one Chromium, signed-in profiles kept for the session."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tools.browser import chromium, fetch, world


def missing(reason: str) -> Any:
    """Skip with a reason on a desk; fail on CI, where everything has to be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def _async_is_fine() -> Iterator[None]:
    """Playwright's sync API runs a loop of its own; Django's ORM would refuse to work beside it."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[world.World]:
    """A running demo of this worker's own, copied from one that all workers build together."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    built = world.build(shared / "demo-world")
    with world.World(world.copy(built, base / "demo")) as running:
        yield running


@pytest.fixture(scope="session")
def browser(_async_is_fine: None) -> Iterator[Browser]:
    """Chromium, started once."""
    try:
        chromium.find()
    except fetch.Missing as error:
        missing(str(error))
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe_core() -> None:
    """axe-core is in the cache."""
    try:
        fetch.file_of(fetch.AXE)
    except fetch.Missing as error:
        missing(str(error))


@pytest.fixture(scope="session")
def state_of(browser: Browser, demo: world.World) -> Callable[[str], Any]:
    """The cookies of a demo person, signed in on first use; none for an anonymous visitor."""
    states: dict[str, Any] = {"": None}

    def state(persona: str) -> Any:
        if persona not in states:
            with chromium.context(browser, demo.url, chromium.LIGHT) as context:
                chromium.sign_in(context.new_page(), persona)
                states[persona] = context.storage_state()
        return states[persona]

    return state


@pytest.fixture
def profile(browser: Browser, demo: world.World, state_of: Callable[[str], Any]) -> Callable[..., Any]:
    """Open a fresh profile: `with profile(mode, persona, size) as context`."""

    @contextmanager
    def opened(
        mode: chromium.Mode = chromium.LIGHT, persona: str = "", size: tuple[int, int] = chromium.PHONE
    ) -> Iterator[BrowserContext]:
        with chromium.context(browser, demo.url, mode, state=state_of(persona), size=size) as context:
            yield context

    return opened
