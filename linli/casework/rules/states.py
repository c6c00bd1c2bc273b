"""The life of a case (domain of 12345 work orders, DB11/T 2021-2022): one table, walked by the tests. Pure.

Overdue, urgency, visibility, confidentiality, parent and group are not states.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.common.states import Row, StateTable, register


class CaseState(models.TextChoices):
    DRAFT = "draft", _("没写完")
    SUBMITTED = "submitted", _("待受理")
    ASKED = "asked", _("等您补充")  # before it is accepted
    REFUSED = "refused", _("不予受理")
    ACCEPTED = "accepted", _("已受理")
    DISPATCHED = "dispatched", _("待签收")
    RETURNING = "returning", _("退单审核")
    SIGNED = "signed", _("办理中")
    WAITING = "waiting", _("等您配合")
    SUSPENDED = "suspended", _("挂账")
    REPLIED = "replied", _("已回复")
    CALL_BACK = "call_back", _("待回访")
    CLOSED = "closed", _("办结")
    ARCHIVED = "archived", _("已归档")


S = CaseState
DESK = (S.SUBMITTED, S.ACCEPTED, S.RETURNING)  # the desk's turn
UNIT = (S.DISPATCHED, S.SIGNED, S.SUSPENDED)  # the unit's turn
OPEN = (*DESK, *UNIT, S.ASKED, S.WAITING, S.REPLIED)  # the reporter waits for an answer
LIVE = (*OPEN, S.CALL_BACK)
ENDED = (S.REFUSED, S.CLOSED, S.ARCHIVED)
_BEFORE_REPLY = (S.SUBMITTED, S.ASKED, S.ACCEPTED, S.DISPATCHED, S.RETURNING, S.SIGNED, S.WAITING, S.SUSPENDED)

CASE = register(
    StateTable(
        "case",
        S.DRAFT,
        [
            Row(S.DRAFT, "submit", S.SUBMITTED, "reporter", effects=("announce",)),
            Row(S.DRAFT, "expire", S.ARCHIVED, "time"),
            Row(S.DRAFT, "part", S.ACCEPTED, "desk: one body's part of a joint case"),
            Row(S.SUBMITTED, "accept", S.ACCEPTED, "desk"),
            Row(S.SUBMITTED, "refuse", S.REFUSED, "desk", effects=("announce",)),
            Row(S.SUBMITTED, "ask_more", S.ASKED, "desk"),
            Row(S.SUBMITTED, "answer_now", S.CALL_BACK, "desk", effects=("announce",)),
            Row(S.ASKED, "respond", S.SUBMITTED, "reporter"),
            Row(S.ASKED, "lapse", S.SUBMITTED, "time"),
            Row(S.REFUSED, "appeal", S.SUBMITTED, "reporter", guard="may_appeal"),
            Row(S.REFUSED, "archive", S.ARCHIVED, "time"),
            Row(S.ACCEPTED, "dispatch", S.DISPATCHED, "desk", effects=("announce",)),
            Row(S.ACCEPTED, "follow", S.CALL_BACK, "the lead case of its group is answered", effects=("announce",)),
            Row(S.DISPATCHED, "sign", S.SIGNED, "unit"),
            Row(S.DISPATCHED, "auto_sign", S.SIGNED, "time"),
            Row(S.DISPATCHED, "return", S.RETURNING, "unit", guard="may_return"),
            Row(S.RETURNING, "approve_return", S.ACCEPTED, "desk", guard="first_return"),
            Row(S.RETURNING, "reject_return", S.DISPATCHED, "desk", guard="first_return"),
            Row(S.RETURNING, "adjudicate", S.SIGNED, "the level above the desk", guard="second_return"),
            Row(S.SIGNED, "ask_more", S.WAITING, "unit"),
            Row(S.WAITING, "respond", S.SIGNED, "reporter"),
            Row(S.WAITING, "lapse", S.SIGNED, "time"),
            Row(S.SIGNED, "suspend", S.SUSPENDED, "unit", guard="may_suspend"),
            Row(S.SUSPENDED, "resume", S.SIGNED, "unit | time: the review date"),
            Row(S.SIGNED, "reply", S.REPLIED, "unit", guard="may_reply"),
            Row(S.REPLIED, "approve", S.CALL_BACK, "the level above", effects=("announce",)),
            Row(S.REPLIED, "reject", S.SIGNED, "the level above"),
            Row(S.CALL_BACK, "attempt", S.CALL_BACK, "desk", guard="may_attempt"),
            Row(S.CALL_BACK, "close", S.CLOSED, "reporter | desk | time", effects=("announce",)),
            *(Row(state, "withdraw", S.CLOSED, "reporter", effects=("announce",)) for state in _BEFORE_REPLY),
            *(Row(state, event, state, "desk") for event in ("transfer", "classify") for state in (S.SUBMITTED, S.ACCEPTED)),
            *(Row(state, "delegate", state, "unit") for state in (S.DISPATCHED, S.SIGNED)),
            *(Row(S.SIGNED, event, S.SIGNED, "unit") for event in ("contact", "note", "consult")),
            Row(S.SIGNED, "ask_extension", S.SIGNED, "unit", guard="may_extend"),
            *(Row(S.SIGNED, event, S.SIGNED, "one level up") for event in ("extend", "deny_extension")),
            *(Row(state, "group", state, "desk | reporter") for state in (S.SUBMITTED, S.ACCEPTED)),
            *(Row(state, "ungroup", state, "desk") for state in (S.SUBMITTED, S.ACCEPTED)),
            *(Row(state, "alarm", state, "time") for state in OPEN),
            *(Row(state, "move", state, "a table of days") for state in OPEN),
            Row(S.CLOSED, "reopen", S.ACCEPTED, "reporter once | the level above", guard="may_reopen", effects=("announce",)),
            Row(S.CLOSED, "rate", S.CLOSED, "reporter"),
            Row(S.CLOSED, "archive", S.ARCHIVED, "time"),
        ],
        final=[S.ARCHIVED],
        states=S,
        says="A case from the first word to the archive. The reporter's clock starts with submit and pauses only in asked and waiting.",
    )
)
