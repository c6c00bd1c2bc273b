"""Erasure by law: nothing is kept but a number, and who erased it on what ground."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common import audit
from linli.common.errors import NotAllowed, UserError
from linli.people.api import Actor, may

from .. import told_moderation as told
from ..access import may_read
from ..models import Act, Draft, Erasure, Post, PostVersion, Reaction, Report
from ..permissions import F
from ..rules import PostState
from ..speech_rules import BASIS, ORDER, ActKind, ReportState
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
    PostVersion.objects.filter(post=post).delete()
    Reaction.objects.filter(post=post).delete()
    Post.objects.filter(pk=post.pk).update(agreed=0, thanked=0, consent="", badge="", standing="")
    Draft.objects.filter(at_what=f"post:{post.pk}").delete()
    Erasure.objects.create(post=post, at=now, basis=basis, by=by.person, body_id=by.acting.body_id)
    if Report.objects.filter(post=post, state=ReportState.OPEN).exists():
        settle_reports(post, "uphold", act, now)
    Report.objects.filter(post=post).update(words="")
    for old in Act.objects.filter(post=post):
        lapse_appeal(act=old, now=now)
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


ERASED = PostState.ERASED
