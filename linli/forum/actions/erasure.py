"""Erasure by law: nothing is kept but a number, and who erased it on what ground."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common import audit, erased
from linli.common.errors import NotAllowed, UserError
from linli.people.api import Actor, Body, Person, may

from .. import told_moderation as told
from ..access import may_read
from ..models import Act, Draft, Erasure, Post, PostVersion, Reaction, Report
from ..permissions import F
from ..queries.erased import KIND, come_back, folder
from ..rules import PostState
from ..speech_rules import BASIS, ORDER, ActKind, Cause, ReportState
from ..text_rules import one_line
from .appeals import lapse_appeal
from .noting import Why, lock_post
from .reports import settle_reports
from .turning import turn


def may_erase(by: Actor, post: Post) -> bool:
    board = post.topic.board
    return (
        by.acting is not None
        and by.mandate is None
        and may(by, F.FORUM_ERASE, board.place)
        and may_read(by, board)
    )


@transaction.atomic
def erase_post(*, post: Post, basis: str, by: Actor, now: datetime) -> Act:
    """Text, former versions, pictures, reactions and the search entry are gone; the number stays, with the legal basis.

    Of a topic's first post the title goes too. Raises NotAllowed, UserError (basis), UnknownTransition.
    """
    post = lock_post(post)
    if not may_erase(by, post):
        raise NotAllowed("erase")
    if by.person_id in (post.author_id, post.for_person_id):
        raise UserError(_("这是您自己发的，由别的管理人处理"))
    basis = one_line(basis, BASIS, "basis", _("写明依据：哪部法律第几条，或者哪份文书"))
    assert by.acting is not None and by.person is not None
    act = turn(post, "erase", ActKind.ERASE, by=by, now=now, why=Why(ORDER, basis))
    row = Erasure.objects.create(post=post, at=now, basis=basis, by=by.person, body_id=by.acting.body_id)
    _wipe(post, act, now)
    transaction.on_commit(lambda: _write_down([row]))
    audit.record(
        actor=by,
        action="forum.erased",
        subject=post,
        about=act.person,
        place=post.topic.board.place,
        purpose=basis,
        now=now,
    )
    told.tell_author(act, now)
    return act


def _wipe(post: Post, act: Act, now: datetime) -> None:
    """All that hangs on an erased post."""
    PostVersion.objects.filter(post=post).delete()
    Reaction.objects.filter(post=post).delete()
    Post.objects.filter(pk=post.pk).update(agreed=0, thanked=0, consent="", badge="", standing="")
    Draft.objects.filter(at_what=f"post:{post.pk}").delete()
    if Report.objects.filter(post=post, state=ReportState.OPEN).exists():
        settle_reports(post, "uphold", act, now)
    Report.objects.filter(post=post).update(words="")
    for old in Act.objects.filter(post=post):
        lapse_appeal(act=old, now=now)


# After a restore


def erase_all_again(*, now: datetime) -> int:
    """What the book says was erased and is here all the same, out of an older backup; how many. The book gets what it lacks."""
    _write_down(Erasure.objects.select_related("post"))
    return sum(_erase_again(line, now) for line in come_back())


@transaction.atomic
def _erase_again(line: dict[str, Any], now: datetime) -> bool:
    post = lock_post(Post.objects.get(key=line["key"]))
    if post.state == PostState.ERASED:
        return False
    why = Why(ORDER, line["basis"])
    act = turn(post, "erase", ActKind.ERASE, by=None, now=now, why=why, cause=Cause.AGAIN)
    by, body = Person.objects.filter(pk=line["by"]).first(), Body.objects.filter(pk=line["body"]).first()
    Erasure.objects.create(post=post, at=datetime.fromisoformat(line["at"]), basis=line["basis"], by=by, body=body)
    _wipe(post, act, now)
    audit.record(actor=None, action="forum.erased", subject=post, about=act.person, place=post.topic.board.place, purpose=line["basis"], now=now)
    return True


def _write_down(rows: Iterable[Erasure]) -> None:
    at = folder()
    if at is not None:
        erased.remember(at, [_line(row) for row in rows if row.post.key])


def _line(row: Erasure) -> dict[str, Any]:
    return {
        "kind": KIND, "key": str(row.post.key), "at": row.at.isoformat(), "basis": row.basis,
        "by": str(row.by_id) if row.by_id else None, "body": str(row.body_id) if row.body_id else None,
    }  # fmt: skip
