"""The contrast figures of the identity, computed from tokens.css itself."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[1] / "static/design/tokens.css").read_text(encoding="utf-8")
GALLERY = (Path(__file__).parents[1] / "static/design/gallery.css").read_text(encoding="utf-8")
PLATES = ["lan", "lv", "zhuan", "dai", "zi", "tong", "liu", "tie"]
# pair → least ratio in light and dark; elder mode asks for more
TEXT = [
    ("ink", "wall", 7), ("ink", "paper", 7), ("ink", "sunk", 7),
    ("ink-2", "wall", 4.5), ("ink-2", "sunk", 4.5), ("ink-2", "paper", 4.5),
    ("ink-3", "paper", 4.5), ("ink-3", "wall", 4.5), ("ink-3", "sunk", 4.5),
    ("accent", "paper", 4.5), ("accent", "tint", 4.5), ("accent", "wall", 4.5), ("accent", "sunk", 4.5),
    ("edge", "paper", 3), ("edge", "wall", 3),
    ("good", "good-tint", 4.5), ("good", "paper", 4.5), ("good", "wall", 4.5),
    ("wait", "wait-tint", 4.5), ("wait", "paper", 4.5),
    ("bad", "bad-tint", 4.5), ("bad", "paper", 4.5), ("bad", "wall", 4.5),
    ("lamp-ink", "lamp", 4.5), ("lamp", "plate", 3), ("plate-ink", "plate", 7),
]  # fmt: skip
ELDER = [
    ("ink-3", "wall", 7),
    ("ink-3", "paper", 7),
    ("good", "good-tint", 7),
    ("wait", "wait-tint", 7),
    ("bad", "bad-tint", 7),
]


def block(start: str, css: str = CSS) -> dict[str, str]:
    """The declarations of the rule that begins with these words."""
    body = css[css.index("{", css.index(start)) :]
    return dict(re.findall(r"--([a-z0-9-]+):\s*([^;]+);", body[: body.index("}")]))


def colours(theme: str, *starts: str) -> dict[str, str]:
    """The tokens of the base set with other rules laid over it, in one theme."""
    merged: dict[str, str] = {}
    for start in (":root {", *starts):
        merged |= block(start)
    return {name: solve(value, merged, theme) for name, value in merged.items()}


def solve(value: str, merged: dict[str, str], theme: str) -> str:
    if named := re.fullmatch(r"var\(--([a-z0-9-]+)\)", value):
        return solve(merged[named[1]], merged, theme)
    if pair := re.fullmatch(r"light-dark\((\S+), (\S+)\)", value):
        return pair[1] if theme == "light" else pair[2]
    return value


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def too_weak(set_: dict[str, str], pairs) -> list[str]:
    return [
        f"{ink} on {ground}: {contrast(set_[ink], set_[ground]):.1f} < {least}"
        for ink, ground, least in pairs
        if contrast(set_[ink], set_[ground]) < least
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("plate", PLATES)
def test_every_enamel_reads_well(theme, plate):
    assert not too_weak(colours(theme, f'[data-plate="{plate}"] {{'), TEXT)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_elder_mode_reads_at_seven_to_one(theme):
    assert not too_weak(colours(theme, '[data-mode="elder"] {'), TEXT + ELDER)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_high_contrast_reads_at_seven_to_one(theme):
    strong = [(ink, ground, max(least, 7)) for ink, ground, least in TEXT if ink != "lamp"]
    assert not too_weak(colours(theme, '[data-contrast="more"] {'), strong)


def test_white_on_the_red_of_bad_news():
    for theme in ("light", "dark"):
        assert contrast("#fff", colours(theme)["bad-fill"]) >= 4.5
        assert contrast("#fff", colours(theme, '[data-mode="elder"] {')["bad-fill"]) >= 7


def test_the_default_is_enamel_blue():
    base, lan = colours("light"), colours("light", '[data-plate="lan"] {')
    assert all(base[name] == lan[name] for name in ("plate", "accent", "tint"))


def test_old_browsers_get_the_light_set():
    old = block(":root", CSS[CSS.index("@supports not") :])
    light = colours("light")
    assert {n: long(v) for n, v in old.items()} == {n: long(light[n]) for n in old}


def long(colour: str) -> str:
    return "#" + "".join(d * 2 for d in colour[1:]) if len(colour) == 4 else colour


def test_the_gallery_prints_as_paper_does():
    printed = block(":root, [data-plate]", CSS[CSS.index("@media print") :])
    assert block('[data-preview="print"]', GALLERY) == printed
