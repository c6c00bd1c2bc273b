"""Pages of signed-in readers: what is the same for all of them is kept, what is one's own is filled in.

A template says by `{% own %}…{% endown %}` what is one's own. The rest is rendered once, by a request that knows nobody
and a context that holds nothing of a person, so that nothing personal can be kept (docs/why/0015-page-cache.md).
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import Context, Node, NodeList
from django.template.context import make_context
from django.template.loader import get_template
from django.utils.translation import get_language

from linli.common.pagecache import kept

OUTLINE = "outline"  # in the render context while what is common is rendered
_nodes: list[OwnNode] = []
_marks = re.compile(r"<!--own:(\d+)-->")  # nothing typed can hold one: typed text is escaped


class OwnNode(Node):
    """A part of the page that is one's own; where nothing is kept it is a part like others."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.mark = f"<!--own:{len(_nodes)}-->"
        _nodes.append(self)

    def render(self, context: Context) -> str:
        return self.mark if OUTLINE in context.render_context.dicts[0] else self.nodelist.render(context)


def outlined(
    request: HttpRequest, template: str, own: dict[str, Any], *, nobody: HttpRequest, common: dict[str, Any],
    key: tuple[Hashable, ...], tags: tuple[str, ...] = (),
) -> HttpResponse:
    """The page of this reader. `own`: what the parts of his own know; `common`: what the others know, for all whose
    page has this key, while no tag moves; `nobody`: the request that they are rendered by."""
    where = (template, get_language(), nobody.get_full_path(), getattr(nobody, "modes", None), *key)
    pieces = kept(("outline", *where), lambda: _pieces(template, common, nobody), tags=tags)
    whole = get_template(template).template  # type: ignore[attr-defined]
    context = make_context(own, request)
    with context.render_context.push_state(whole), context.bind_template(whole):
        parts = [piece if isinstance(piece, str) else _nodes[piece].nodelist.render(context) for piece in pieces]
    return HttpResponse("".join(parts))


def _pieces(template: str, common: dict[str, Any], nobody: HttpRequest) -> tuple[str | int, ...]:
    """What is common, and between it the numbers of what is not."""
    whole = get_template(template).template  # type: ignore[attr-defined]
    context = make_context(common, nobody)
    with context.render_context.push_state(whole), context.bind_template(whole):
        context.render_context.dicts[0][OUTLINE] = "yes"
        html = whole._render(context)
    return tuple(int(part) if n % 2 else part for n, part in enumerate(_marks.split(html)))
