"""Two accounts of one person become one."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from linli.common import audit
from linli.common.bus import publish
from linli.common.errors import UserError
from linli.common.pagecache import bump
from linli.common.sessions import end_sessions
from linli.events.people import AccountsMerged

from ..models import Card, Guardianship, Identifier, Mandate, Person, Post, Residency, SigninLink
from ..policy import Actor
from ..rules import ResidencyState
from .residency import move

_LIVE = (ResidencyState.CLAIMED, ResidencyState.VERIFIED)


@transaction.atomic
def merge_accounts(*, keep: Person, drop: Person, by: Actor, now: datetime) -> None:
    """Move everything of `drop` to `keep`; `drop` stays as a pointer. Whoever calls has proved both.

    A residency or mandate that both have stays once, the older one of `keep`. Raises UserError for accounts
    that cannot be merged.
    """
    if keep.pk == drop.pk:
        raise UserError(_("这是同一个账号"))
    people = {p.pk: p for p in Person.objects.select_for_update().filter(pk__in=[keep.pk, drop.pk]).order_by("pk")}
    keep, drop = people[keep.pk], people[drop.pk]
    if any(p.closed_at or p.merged_into_id for p in (keep, drop)):
        raise UserError(_("其中一个账号已注销或已合并"))
    Identifier.objects.filter(person=drop).update(person=keep)
    _move_residencies(keep, drop, by, now)
    Post.objects.filter(person=drop).update(person=keep)
    _move_pairs(keep, drop, now)
    Card.objects.filter(person=drop, replaced_at=None).update(replaced_at=now)
    SigninLink.objects.filter(person=drop).delete()
    Authenticator.objects.filter(user=drop).delete()
    for name in ("legal_name", "born"):
        if not getattr(keep, name) and getattr(drop, name):
            setattr(keep, name, getattr(drop, name))
    keep.save()
    drop.merged_into, drop.is_active, drop.legal_name, drop.born = keep, False, "", ""
    drop.set_unusable_password()
    drop.save()
    audit.record(actor=by, action="account.merge", subject=keep, about=keep, detail={"dropped": str(drop.pk)}, now=now)
    audit.record(actor=by, action="account.merge", subject=drop, about=drop, detail={"kept": str(keep.pk)}, now=now)
    publish(AccountsMerged(kept_id=keep.pk, dropped_id=drop.pk), now=now, key=drop.pk.hex)
    end_sessions(drop.pk)
    bump("posts")


def _move_residencies(keep: Person, drop: Person, by: Actor, now: datetime) -> None:
    """Of two live ties to one home in one kind the proved one goes on, else that of `keep`; the other is withdrawn."""
    own = {(r.area_id, r.kind): r for r in Residency.objects.filter(person=keep, state__in=_LIVE)}
    for row in Residency.objects.filter(person=drop):
        twin = own.get((row.area_id, row.kind)) if row.state in _LIVE else None
        if twin is not None:
            proved = row.state == ResidencyState.VERIFIED and twin.state == ResidencyState.CLAIMED
            double = twin if proved else row
            reason = str(_("两个账号合并，住处只留一条"))
            move(residency_id=double.pk, event="merge", by=by, now=now, reason=reason)
        Residency.objects.filter(pk=row.pk).update(person=keep)


def _move_pairs(keep: Person, drop: Person, now: datetime) -> None:
    """Mandates and guardianships: those between the two accounts end, the others move."""
    pair = [keep.pk, drop.pk]
    Mandate.objects.filter(principal__in=pair, agent__in=pair, revoked_at=None).update(revoked_at=now)
    Guardianship.objects.filter(child__in=pair, guardian__in=pair, ended_at=None).update(ended_at=now)
    Mandate.objects.filter(principal=drop).exclude(agent=keep).update(principal=keep)
    Mandate.objects.filter(agent=drop).exclude(principal=F("agent")).exclude(principal=keep).update(agent=keep)
    for field, other in (("child", "guardian"), ("guardian", "child")):
        for row in Guardianship.objects.filter(**{field: drop}).exclude(**{other: keep}):
            same = {field: keep, other: getattr(row, other), "ended_at": None}
            if row.ended_at is None and Guardianship.objects.filter(**same).exists():
                row.ended_at = now
            setattr(row, field, keep)
            row.save(update_fields=[field, "ended_at"])
