"""One step of a notice: the new state, its history and its audit row, or nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from linli.common import audit
from linli.common.errors import NotAllowed, UserError
from linli.common.states import UnknownTransition
from linli.common.transitions import Step, transition
from linli.design import dates
from linli.people.api import Actor

from ..models import Notice, NoticeEvent
from ..notice_rules import NOTICE, REASON, NoticeState
from . import notice_effects  # noqa: F401 - binds the effects of the table


def locked(pk: UUID) -> Notice:
    rows = Notice.objects.select_for_update(of=("self",)).select_related("place", "issuer", "site")
    notice = rows.filter(pk=pk).first()
    if notice is None:
        raise NotAllowed(_("没有这条公告"))
    return notice


def move(
    notice: Notice, event: str, by: Actor | None, now: datetime, *, reason: str = "", **changes: Any
) -> Notice:
    """One step of the table. Raises UserError where somebody was faster."""
    rows = Notice.objects.select_related("place", "issuer", "site")
    try:
        return transition(
            table=NOTICE, rows=rows, pk=notice.pk, event=event, by=by, now=now, changes=changes, history=_history,
            said={"reason": reason},
        )  # fmt: skip
    except UnknownTransition as error:
        raise too_late(notice, now) from error


@NOTICE.guard("another_person")
def _another_person(step: Step[Notice]) -> None:
    if step.by is None or step.by.person_id == step.row.writer_id:
        raise UserError(_("自己写的，请同事或上一级来核。"))


def _history(step: Step[Notice]) -> None:
    remember(step.row, step.event, step.by, step.now, step.said.get("reason", ""))


def remember(notice: Notice, event: str, by: Actor | None, now: datetime, reason: str = "") -> None:
    NoticeEvent.objects.create(
        notice=notice, at=now, event=event, state=notice.state, by_id=by.person_id if by else None,
        post_id=by.post_id if by else None, reason=reason.strip()[:REASON],
    )  # fmt: skip
    audit.record(
        actor=by, action=f"notice.{event}", subject=notice, place=notice.place, now=now,
        detail={"state": str(notice.state), "level": str(notice.level), "version": notice.version},
    )  # fmt: skip


def too_late(notice: Notice, now: datetime) -> UserError:
    """Who was faster, when, and how it stands."""
    last = notice.events.select_related("by").order_by("-pk").first()
    state = Notice.objects.filter(pk=notice.pk).values_list("state", flat=True).first() or notice.state
    facts = {
        "who": last.by.display_name if last and last.by else _("系统"),
        "when": dates.moment_text(last.at if last else notice.created_at, now),
        "state": NoticeState(state).label,
    }
    return UserError(_("%(who)s在 %(when)s 已经办过，现在是“%(state)s”。您这一步没有再做。") % facts)
