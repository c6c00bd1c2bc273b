"""Wagtail rings when a page is published, taken away, or gets another address."""

from __future__ import annotations

from typing import Any

from wagtail.signals import page_published, page_slug_changed, page_unpublished

from .actions import pages


def page_shown(sender: Any, instance: Any, **kw: Any) -> None:
    pages.shown_anew(instance)


def page_moved(sender: Any, instance: Any, instance_before: Any, **kw: Any) -> None:
    pages.lead_on(instance, instance_before)


page_published.connect(page_shown, dispatch_uid="linli.studio.published")
page_unpublished.connect(page_shown, dispatch_uid="linli.studio.unpublished")
page_slug_changed.connect(page_moved, dispatch_uid="linli.studio.slug")
