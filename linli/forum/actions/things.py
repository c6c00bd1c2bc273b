"""Hiding a thing of an upper app, and bringing it back: as with a post, with article and reason, told to its author."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common.errors import NotAllowed, UserError
from linli.people.api import Actor

from .. import told_moderation as told
from ..access import moderates
from ..models import Act, Appeal
from ..queries.speech import Rules
from ..rules import PostState
from ..speech_rules import POST, ActKind, AppealState
from ..things import Thing, find_thing, turn
from .acts import _lapse
from .noting import Why, check_why, note, seen_anew
from .turning import said_of

K = ActKind


@transaction.atomic
def hide_thing(*, ref: str, why: Why, by: Actor, now: datetime) -> Act:
    """Readers see that something stood here, the article and the reason; its words are kept.

    Raises NotAllowed, UserError at its field, UnknownTransition where somebody was faster.
    """
    thing = _held(ref, by)
    rules, why = check_why(K.HIDE, why, thing.place)
    assert by.acting is not None
    lost = Appeal.objects.filter(state=AppealState.OVERTURNED, act__thing=ref, act__body=by.acting.body_id)
    if lost.exists():
        raise UserError(_("申诉已经撤销了您单位对这条的处理，不能再隐去。要处理请找上一级"))
    act = turn_thing(thing, "hide", by=by, now=now, why=why, rules=rules)
    told.tell_author(act, now)
    return act


@transaction.atomic
def restore_thing(*, ref: str, why: Why, by: Actor, now: datetime) -> Act:
    """Take back a hiding; an appeal against it needs no answer any more."""
    thing = _held(ref, by)
    rules, why = check_why(K.RESTORE, why, thing.place)
    before = Act.objects.filter(kind=K.HIDE, thing=ref, undone_by=None).order_by("-pk").first()
    act = turn_thing(thing, "restore", by=by, now=now, why=why, rules=rules, undoes=before)
    _lapse(before, now)
    told.tell_author(act, now)
    return act


def turn_thing(
    thing: Thing, event: str, *, by: Actor | None, now: datetime, why: Why | None = None, rules: Rules | None = None,
    undoes: Act | None = None,
) -> Act:  # fmt: skip
    """Carry out the step of a post's own table and write its act. Raises UnknownTransition."""
    after = PostState(POST.step(PostState.HIDDEN if thing.hidden else PostState.SHOWN, event))
    hides = after == PostState.HIDDEN
    act = note(
        K.HIDE if hides else K.RESTORE, by=by, now=now, topic=None, thing=thing, person=thing.author, why=why, rules=rules,
        undoes=undoes,
    )  # fmt: skip
    turn(thing, said_of(act) if hides else None, now)
    seen_anew(None)
    return act


def _held(ref: str, by: Actor) -> Thing:
    """The thing, locked, for who keeps order at its place. Raises NotAllowed; UserError for a party."""
    thing = find_thing(ref, lock=True)
    if thing is None or not moderates(by, thing.place):
        raise NotAllowed("moderate")
    if has_part(by, thing):
        raise UserError(_("这件事和您或您的单位有关，由别的管理人处理"))
    return thing


def has_part(by: Actor, thing: Thing) -> bool:
    """Whether it is his own, or a matter of the office for which he acts."""
    own = thing.author is not None and by.person_id == thing.author.pk
    return own or (by.acting is not None and by.acting.body_id in thing.parties)
