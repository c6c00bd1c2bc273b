"""Drawing what editors wrote."""

from __future__ import annotations

import nh3
from django import template
from wagtail.rich_text import RichText

register = template.Library()
TAGS = {"p", "br", "b", "strong", "ul", "ol", "li", "h3"}


@register.filter
def prose(source: object) -> RichText:
    """Rich text as HTML: the few tags that the editor makes, whatever was stored."""
    text = str(getattr(source, "source", source) or "")
    return RichText(nh3.clean(text, tags=TAGS, attributes={}))


@register.filter
def megabytes(size: int) -> str:
    """A file's size as people say it: 320 KB, 1.4 MB."""
    return f"{max(1, round(size / 1024))} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"
