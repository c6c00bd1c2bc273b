"""One visit of a page in every mode, in one tab: a mode that the browser makes by itself is changed in place, one
that the server makes (elder, contrast) by its cookie and a reload. Loading and axe-core are what costs.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page as Tab
from playwright.sync_api import Response

from tools.browser import chromium

from . import audit, pages

BUDGET = 100  # KB over the wire on the first load
AGAIN = 30  # KB when the page is opened a second time
FRESH = ("mode", "size", "contrast")


def look(tab: Tab, page_of: pages.Page, path: str, host: str) -> list[str]:
    """Everything that is wrong with the page in a fresh profile (light, desktop) of who may open it."""
    visit = Visit(tab, page_of, path, host)
    found, response = visit.first_load()
    if response is None:
        return found
    found += visit.by_night_and_on_a_narrow_window()
    found += visit.again() + audit.headers(response)
    found += visit.with_a_finger()
    found += visit.in_mode(chromium.ELDER, least=60)
    found += visit.largest_text()
    found += visit.in_mode(chromium.CONTRAST)
    return found + without_scripts(visit.switched(chromium.PLAIN, chromium.PHONE), page_of, path)


def without_scripts(tab: Tab, page_of: pages.Page, path: str) -> list[str]:
    """The page stands, and no control is dead. The tab runs no scripts."""
    audit.looked_at(tab, path)
    headless = [] if tab.locator("h1").first.is_visible() else ["no scripts: no visible h1"]
    return headless + ([] if page_of.samples else audit.dead_controls(tab))


class Visit:
    """The tab, what is heard of it, and how to switch its mode."""

    def __init__(self, tab: Tab, page_of: pages.Page, path: str, host: str) -> None:
        self.tab, self.page_of, self.path = tab, page_of, path
        self.wire = audit.Wire(tab, host)
        self.devtools = tab.context.new_cdp_session(tab)

    def switched(self, mode: chromium.Mode, size: tuple[int, int]) -> Tab:
        """Mode and window; what the server makes shows on the next load."""
        for name in FRESH:
            self.tab.context.clear_cookies(name=f"linli_{name}")
        here = "{0.scheme}://{0.netloc}".format(urlsplit(self.tab.url))
        self.tab.context.add_cookies(
            [{"name": f"linli_{name}", "value": value, "url": here} for name, value in mode.cookies]
        )
        self.tab.emulate_media(color_scheme="dark" if mode.dark else "light")
        self.devtools.send("Emulation.setTouchEmulationEnabled", {"enabled": mode.touch, "maxTouchPoints": 1})
        self.devtools.send("Emulation.setScriptExecutionDisabled", {"value": not mode.scripts})
        self.resized(size)
        return self.tab

    def resized(self, size: tuple[int, int]) -> Tab:
        self.tab.set_viewport_size({"width": size[0], "height": size[1]})
        return self.tab

    def first_load(self) -> tuple[list[str], Response | None]:
        """A stranger's first visit at a desk: status, wire, console, content policy, axe, width, targets."""
        tab, page_of = self.tab, self.page_of
        response = audit.looked_at(tab, self.path)
        if response.status != page_of.status:
            return [f"status {response.status}, expected {page_of.status}"], None
        if urlsplit(response.url).path != urlsplit(self.path).path:
            return [f"status {response.status}, but sent on to {urlsplit(response.url).path}"], None
        least = 40 if tab.locator("body.desk, .desk-page").count() else 44
        found = audit.axe(tab) + audit.overflow(tab) + audit.targets(tab, least)
        heard = [
            it for it in self.wire.findings(BUDGET) if page_of.status < 400 or str(page_of.status) not in it
        ]
        return [f"light 1280: {it}" for it in found] + heard, response

    def by_night_and_on_a_narrow_window(self) -> list[str]:
        """On the page as loaded: colours follow the system, width follows the window."""
        tab = self.switched(chromium.DARK, chromium.DESKTOP)
        found = [f"dark 1280: {it}" for it in audit.axe(tab)]
        self.resized(chromium.PHONE)
        found += [f"dark 390: {it}" for it in audit.axe(tab) + audit.overflow(tab)]
        self.switched(chromium.LIGHT, chromium.PHONE)
        return found + [f"light 390: {it}" for it in audit.axe(tab)]

    def again(self) -> list[str]:
        """The second visit at the desk is light."""
        self.switched(chromium.LIGHT, chromium.DESKTOP)
        self.wire.forget()
        audit.looked_at(self.tab, self.path)
        size = self.wire.bytes
        return [f"the same page again takes {size} bytes"] if size > AGAIN * audit.KILOBYTE else []

    def with_a_finger(self) -> list[str]:
        """Loaded on a phone: targets, then the narrowest phone, then text at 200 %."""
        tab = self.switched(chromium.TOUCH, chromium.PHONE)
        audit.looked_at(tab, self.path)
        found = [f"light 390: {it}" for it in audit.overflow(tab) + audit.targets(tab, 44)]
        self.resized(chromium.NARROW)
        found += [f"light 320: {it}" for it in audit.overflow(tab)]
        self.resized(chromium.PHONE)
        audit.set_text_size(tab, 200)
        return found + [f"text 200 %: {it}" for it in audit.overflow(tab)]

    def in_mode(self, mode: chromium.Mode, least: int = 0) -> list[str]:
        """Elder or high contrast: axe on phone and desk, width, in elder mode also targets."""
        found = self._loaded(mode)
        tab = self.tab
        found += [f"{mode.name} 390: {it}" for it in audit.axe(tab) + audit.overflow(tab)]
        if least:
            found += [f"{mode.name} 390: {it}" for it in audit.targets(tab, least)]
        self.resized(chromium.DESKTOP)
        return found + [f"{mode.name} 1280: {it}" for it in audit.axe(tab)]

    def largest_text(self) -> list[str]:
        found = self._loaded(chromium.LARGEST)
        return found + [f"elder largest 390: {it}" for it in audit.overflow(self.tab)]

    def _loaded(self, mode: chromium.Mode) -> list[str]:
        """On a phone; a page that does not show the mode would pass all its checks."""
        tab = self.switched(mode, chromium.PHONE)
        audit.looked_at(tab, self.path)
        shown = tab.evaluate("({...document.documentElement.dataset})")
        return [f"{mode.name}: the page is not in this mode"] * any(
            shown.get(name) != value for name, value in mode.cookies
        )
