"""Wagtail rings when a page is published or taken away."""

from __future__ import annotations

from typing import Any

from wagtail.signals import page_published, page_unpublished

from .actions import pages


def page_shown(sender: Any, instance: Any, **kw: Any) -> None:
    pages.shown_anew(instance)


page_published.connect(page_shown, dispatch_uid="linli.studio.published")
page_unpublished.connect(page_shown, dispatch_uid="linli.studio.unpublished")
