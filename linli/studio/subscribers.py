"""Wagtail rings when a page is published, taken away, handed in or checked; whom it concerns is told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page, TaskState
from wagtail.signals import (
    page_published,
    page_unpublished,
    task_approved,
    task_cancelled,
    task_rejected,
    task_submitted,
)

from linli.common import clock
from linli.common.bus import publish, subscribe
from linli.common.text import clean
from linli.events.studio import PageChecked, PageHandedIn
from linli.messaging.api import tell
from linli.people.api import nearest_holders

from .actions import pages
from .messages import APPROVED, RETURNED, SCHEDULED, TAKEN, WAITING
from .models.pages import SitePage
from .permissions import T


def page_shown(sender: Any, instance: Any, **kw: Any) -> None:
    pages.shown_anew(instance)


def _page_of(state: TaskState) -> Any:
    found = state.workflow_state.content_object
    return found.specific if isinstance(found, Page) else found


@transaction.atomic
def page_handed_in(sender: Any, instance: TaskState, **kw: Any) -> None:
    """Once for each time it is handed in."""
    page = _page_of(instance)
    if isinstance(page, SitePage):
        publish(PageHandedIn(page.pk, instance.pk), now=clock.now(), key=f"page:{instance.pk}")


@subscribe(PageHandedIn)
def on_handed_in(event: PageHandedIn, now: datetime) -> None:
    """Nobody where it no longer waits; never who handed it in."""
    state = TaskState.objects.filter(pk=event.state_id, status=TaskState.STATUS_IN_PROGRESS).first()
    page = _page_of(state) if state else None
    if state is None or not isinstance(page, SitePage):
        return
    site = page.site
    people = nearest_holders(T.PAGE_CHECK, site.place, clock.local_date(now)).exclude(pk=state.workflow_state.requested_by_id)
    if people:
        words = {"site": site.name, "title": page.draft_title, "slug": site.slug}
        tell(template=WAITING.key, key=f"page.waiting:{state.pk}", people=people, context=words, place=site.place, now=now)


@transaction.atomic
def page_checked(sender: Any, instance: TaskState, **kw: Any) -> None:
    page = _page_of(instance)
    if isinstance(page, SitePage):
        publish(PageChecked(page.pk, instance.pk), now=clock.now(), key=f"page.checked:{instance.pk}")


@subscribe(PageChecked)
def on_checked(event: PageChecked, now: datetime) -> None:
    """Whoever handed it in, unless he did it himself."""
    state = TaskState.objects.select_related("workflow_state", "revision").filter(pk=event.state_id).first()
    page = _page_of(state) if state else None
    if state is None or not isinstance(page, SitePage):
        return
    editor = state.workflow_state.requested_by_id
    if editor is None or editor == state.finished_by_id:
        return
    later = state.revision is not None and state.revision.approved_go_live_at is not None
    kinds = {
        TaskState.STATUS_APPROVED: SCHEDULED if later else APPROVED, TaskState.STATUS_REJECTED: RETURNED,
        TaskState.STATUS_CANCELLED: TAKEN if state.finished_by_id else None,
    }  # fmt: skip
    kind = kinds.get(state.status)
    if kind:
        why = " ".join(clean(state.comment).split())[:200]
        words = {"site": page.site.name, "title": page.draft_title, "slug": page.site.slug, "why": why}
        tell(template=kind.key, key=f"page.checked:{state.pk}", people=[editor], context=words, place=page.site.place, now=now)


page_published.connect(page_shown, dispatch_uid="linli.studio.published")
page_unpublished.connect(page_shown, dispatch_uid="linli.studio.unpublished")
task_submitted.connect(page_handed_in, dispatch_uid="linli.studio.handed_in")
for _signal in (task_approved, task_rejected, task_cancelled):
    _signal.connect(page_checked, dispatch_uid="linli.studio.checked")
