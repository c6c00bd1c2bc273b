"""What is measured on a page: rules of axe-core, widths, targets, and what went over the wire."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response

from tools.browser import fetch

SCRIPT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")
LISTEN = """document.addEventListener('securitypolicyviolation', (e) => {
  (window.__violations ||= []).push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile || ''}`);
});"""
KILOBYTE = 1024


def looked_at(page: Page, path: str) -> Response:
    """Open the page and wait until it is quiet."""
    response = page.goto(path, wait_until="load")
    assert response is not None
    return response


def axe(page: Page) -> list[str]:
    """Violations of all rules of axe-core, one line an element."""
    page.evaluate(fetch.file_of(fetch.AXE).read_text(encoding="utf-8"))
    result: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"axe {violation['id']}: {' '.join(map(str, node['target']))}: {_why(node)}"
        for violation in result["violations"]
        for node in violation["nodes"][:4]
    ]


def _why(node: dict[str, Any]) -> str:
    return " ".join(node.get("failureSummary", "").split())[:220]


def overflow(page: Page) -> list[str]:
    """What reaches over the right edge, regions that scroll by themselves excepted."""
    return [f"too wide: {what}" for what in page.evaluate(f"({SCRIPT}).overflow()")]


def targets(page: Page, least: int) -> list[str]:
    """What a finger cannot hit: controls smaller than `least` px, links inside sentences excepted."""
    return [f"under {least} px: {what}" for what in page.evaluate(f"({SCRIPT}).targets({least})")]


def dead_controls(page: Page) -> list[str]:
    """Buttons that do nothing without scripts."""
    return [f"dead without scripts: {what}" for what in page.evaluate(f"({SCRIPT}).dead()")]


def set_text_size(page: Page, percent: int) -> None:
    """Text of this size for the whole page, as a browser's own setting would make it."""
    page.evaluate("(size) => { document.documentElement.style.fontSize = size }", f"{percent}%")


def headers(response: Response) -> list[str]:
    """What every answer has to say to the browser."""
    given = response.all_headers()
    wanted = {
        "content-security-policy": "default-src 'none'",
        "x-content-type-options": "nosniff",
        "referrer-policy": "origin",  # same-origin, or strict-origin where the address itself is a secret
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
    }
    bad = [
        f"header {name} lacks {value}" for name, value in wanted.items() if value not in given.get(name, "")
    ]
    return bad + ["unsafe words in the content policy"] * (
        "unsafe" in given.get("content-security-policy", "")
    )


class Wire:
    """Listens to a page from before it is opened: requests, bytes, console, content policy."""

    def __init__(self, page: Page, host: str) -> None:
        self.page, self.host = page, host
        self.bytes = 0
        self.problems: list[str] = []
        page.add_init_script(LISTEN)
        page.on("request", lambda request: self._request(request.url))
        page.on("console", lambda message: self._console(message.type, message.text))
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on(
            "requestfailed", lambda request: self.problems.append(f"failed: {request.url} {request.failure}")
        )
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._finished)

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def _request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self.host:
            self.problems.append(f"request to another host: {url}")

    def _console(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} or "Content Security Policy" in text:
            self.problems.append(f"console: {text[:200]}")

    def forget(self) -> None:
        """Count the bytes from here on anew."""
        self.bytes = 0

    def findings(self, budget: int) -> list[str]:
        """Everything heard so far, and whether the first load stayed within its budget (KB)."""
        violations = self.page.evaluate("window.__violations || []")
        heavy = (
            [f"first load {self.bytes / KILOBYTE:.0f} KB, allowed {budget}"]
            if self.bytes > budget * KILOBYTE
            else []
        )
        return [*self.problems, *(f"content policy: {it}" for it in violations), *heavy]
