"""Closing one's account (PIPL article 47): what belongs to the person goes, a tombstone stays."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common import audit, clock
from linli.common.bus import publish
from linli.common.errors import UserError
from linli.common.pagecache import bump
from linli.common.sessions import end_sessions
from linli.events.people import AccountClosed

from ..models import Card, Guardianship, Mandate, Person, Post, Residency, SigninLink
from ..policy import Actor
from ..rules import ResidencyState
from .residency import move


@transaction.atomic
def close_account(*, person: Person, by: Actor, now: datetime) -> None:
    """Close for good. Raises UserError while the person holds a post or is a child's guardian."""
    day = clock.local_date(now)
    held = [f"{post.body.name}·{post.title}" for post in Post.objects.filter(person=person).held_on(day).select_related("body")]
    if held:
        raise UserError(_("您还担任 %(posts)s。先请任命您的人免去职务，再注销") % {"posts": "、".join(held)})
    if any(row.holds_on(day) for row in Guardianship.objects.filter(guardian=person, ended_at=None)):
        raise UserError(_("您名下还有不满 14 周岁孩子的账号。先注销孩子的账号，或请另一位家长接手"))
    _end_residencies(person, by, now)
    for row in person.identifiers.all():
        row.value, row.retired_at, row.retired_why = "", row.retired_at or now, row.retired_why or "closed"
        row.save(update_fields=["value", "value_index", "retired_at", "retired_why"])
    Mandate.objects.filter(principal=person, revoked_at=None).update(revoked_at=now)
    Mandate.objects.filter(agent=person, revoked_at=None).update(revoked_at=now)
    Guardianship.objects.filter(child=person, ended_at=None).update(ended_at=now)
    Card.objects.filter(person=person, replaced_at=None).update(replaced_at=now)
    SigninLink.objects.filter(person=person).delete()
    Authenticator.objects.filter(user=person).delete()
    person.display_name, person.legal_name, person.born = str(_("已注销的账号")), "", ""
    person.is_active, person.closed_at, person.demo_key = False, now, ""
    person.set_unusable_password()
    person.save()
    publish(AccountClosed(person_id=person.pk), now=now, key=person.pk.hex)
    audit.record(actor=by, action="account.close", subject=person, about=person, now=now)
    end_sessions(person.pk)
    bump("posts")


def _end_residencies(person: Person, by: Actor, now: datetime) -> None:
    """Verified ties end today, claims are withdrawn; what was written beside them is emptied."""
    ends = {ResidencyState.VERIFIED: "end", ResidencyState.CLAIMED: "withdraw"}
    for row in Residency.objects.filter(person=person):
        event = ends.get(ResidencyState(row.state))
        if event:
            move(residency_id=row.pk, event=event, by=by, now=now, until=clock.local_date(now))
        row.note = ""
        row.save(update_fields=["note"])
