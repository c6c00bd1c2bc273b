"""One picture of where the goals stand: a bar for each, its full length the goal. Light and dark by itself."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from .measure import Figure

ROW, LEFT, WIDTH, TOP = 46, 24, 712, 56
STYLE = """
:root{--paper:#fffdf8;--ink:#23282c;--dim:#5d6469;--line:#d9d5ca;--good:#1d6b4f;--bad:#a3341f}
@media (prefers-color-scheme:dark){:root{--paper:#15191c;--ink:#eceae4;--dim:#a5abb0;--line:#3a4146;--good:#63b894;--bad:#e58a73}}
text{font-family:"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;fill:var(--ink)}
"""


def draw(goals: list[Figure], run: dict[str, Any]) -> str:
    high = TOP + ROW * len(goals) + 24
    rows = "".join(_row(figure, TOP + ROW * n) for n, figure in enumerate(goals))
    under = f"{run['at'][:10]} · {run['cores']} cores · load {run['load'][0]} · client: {run['client']} · the line marks the goal"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {high}" role="img" aria-label="Where each goal of the benchmark stands">'
        f'<style>{STYLE}</style><rect width="760" height="{high}" fill="var(--paper)"/>'
        f'<text x="{LEFT}" y="28" font-size="17" font-weight="700">make bench</text>'
        f'<text x="{LEFT}" y="46" font-size="12" style="fill:var(--dim)">{escape(under)}</text>{rows}</svg>\n'
    )


def _row(figure: Figure, y: int) -> str:
    limit = figure.at_most if figure.at_most is not None else figure.at_least
    assert limit is not None
    mark = LEFT + WIDTH * 0.6
    long = min(WIDTH, max(2.0, WIDTH * 0.6 * figure.value / (limit or 1)))
    tone = "good" if figure.good else "bad"
    value = f"{figure.value:,.2f} {figure.unit} ({figure.goal}{'' if figure.good else ', missed'})"
    return (
        f'<text x="{LEFT}" y="{y + 14}" font-size="13">{escape(figure.what.removeprefix("goal: "))}</text>'
        f'<text x="{LEFT + WIDTH}" y="{y + 14}" font-size="13" text-anchor="end" font-weight="700" style="fill:var(--{tone})">{escape(value)}</text>'
        f'<rect x="{LEFT}" y="{y + 21}" width="{WIDTH}" height="10" rx="2" fill="var(--line)" opacity=".45"/>'
        f'<rect x="{LEFT}" y="{y + 21}" width="{long:.1f}" height="10" rx="2" fill="var(--{tone})"/>'
        f'<path d="M{mark:.1f} {y + 18}v16" stroke="var(--ink)" stroke-width="2"/>'
    )
