"""Who may do what with a notice: the permission at its place, and whose notice it is."""

from __future__ import annotations

from linli.people.api import Actor, may
from linli.sites.api import may_at

from .models import Notice
from .notice_rules import NoticeState, oversees
from .permissions import N

S = NoticeState


def is_issuers(actor: Actor, notice: Notice) -> bool:
    """Whether the actor now works for the body that issues it, with the right to write."""
    acting = actor.acting
    return (
        acting is not None and acting.body_id == notice.issuer_id and may_at(actor, N.NOTICE_WRITE, notice.site)
    )


def looks_after(actor: Actor, notice: Notice) -> bool:
    """Whether checking notices of this body at this place is the actor's."""
    if actor.acting is None or not may(actor, N.NOTICE_CHECK, notice.place):
        return False
    same = actor.acting.body_id == notice.issuer_id
    return oversees(role=actor.acting.role, issuer_kind=notice.issuer.kind, same_body=same)


def may_see(actor: Actor, notice: Notice) -> bool:
    """Whether it stands on the actor's desk, published or not."""
    return is_issuers(actor, notice) or looks_after(actor, notice)


def may_edit(actor: Actor, notice: Notice) -> bool:
    return notice.state == S.DRAFT and notice.writer_id == actor.person_id and is_issuers(actor, notice)


def may_check(actor: Actor, notice: Notice) -> bool:
    return notice.state == S.WAITING and notice.writer_id != actor.person_id and looks_after(actor, notice)


def may_take_back(actor: Actor, notice: Notice) -> bool:
    own = notice.writer_id == actor.person_id and is_issuers(actor, notice)
    return own and notice.state in (S.WAITING, S.CHECKED)


def may_withdraw(actor: Actor, notice: Notice) -> bool:
    return notice.state == S.PUBLISHED and may_see(actor, notice)


def may_correct(actor: Actor, notice: Notice) -> bool:
    return notice.state == S.PUBLISHED and is_issuers(actor, notice)
