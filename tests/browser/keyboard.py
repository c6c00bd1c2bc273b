"""Moving through a page with Tab and Enter, as somebody does who has no mouse."""

from __future__ import annotations

from playwright.sync_api import Page

FOCUSED = """(wanted) => {
  const el = document.activeElement;
  if (!el || el === document.body) return null;
  const style = getComputedStyle(el);
  const label = el.labels && el.labels[0] ? getComputedStyle(el.labels[0]) : style;
  const ring = (it) => (it.outlineStyle !== 'none' && parseFloat(it.outlineWidth) >= 2) || it.boxShadow !== 'none';
  const box = el.getBoundingClientRect();
  return {
    html: el.outerHTML.slice(0, 120), ring: ring(style) || ring(label),
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 1, found: el.matches(wanted),
  };
}"""


def tab_to(page: Page, selector: str, *, most: int = 120) -> None:
    """Press Tab until the element is focused. Fails where it cannot be reached, or where focus gets lost from sight."""
    for _ in range(most):
        page.keyboard.press("Tab")
        state = page.evaluate(FOCUSED, selector)
        if state is None:
            continue
        assert state["ring"], f"no visible focus on {state['html']}"
        assert state["seen"], f"focus is out of sight on {state['html']}"
        if state["found"]:
            return
    raise AssertionError(f"{selector} cannot be reached with Tab")
