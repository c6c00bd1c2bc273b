"""The one mail of a period: what waited, in one list. Late after a stop of the worker, but nothing is lost or doubled."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.gateways.api import Kind, send_email
from linli.people.api import Person

from .. import addresses
from ..models import Delivery, Digest
from ..queries import said
from ..rules import PERIODS, Level, Mode, period_start
from .send import addresses_of

AT_ONCE = 200  # persons of one run


def send_due(*, now: datetime) -> int:
    """Every reader for whom something waits since before the newest period began; how many mails went out."""
    return sum(_send_mode(Mode(mode), now) for mode in PERIODS)


def _send_mode(mode: Mode, now: datetime) -> int:
    start = period_start(mode, now)
    waiting = Delivery.objects.filter(period=mode, digest=None, level=Level.QUEUED, created_at__lt=start)
    had = Digest.objects.filter(mode=mode, period=start).values("person")
    people = waiting.exclude(person__in=had).order_by("person").values_list("person", flat=True).distinct()[:AT_ONCE]
    return sum(send_digest(person_id=one, mode=mode, start=start, now=now) for one in list(people))


@transaction.atomic
def send_digest(*, person_id: UUID, mode: Mode, start: datetime, now: datetime) -> bool:
    """One reader's mail of the period that began at `start`; False where he has it or nothing waits."""
    digest, made = Digest.objects.get_or_create(person_id=person_id, mode=mode, period=start)
    if not made:
        return False
    mine = Delivery.objects.filter(person=person_id, period=mode, digest=None, level=Level.QUEUED, created_at__lt=start)
    rows = list(mine.select_related("message__place").order_by("id"))
    to = addresses_of([person_id]).get((person_id, "email"))
    if not rows or to is None:
        mine.update(level=Level.NO_ADDRESS, period="")
        return False
    person = Person.objects.get(pk=person_id)
    subject, text, away = _words(person, rows)
    outgoing = send_email(
        to=to, subject=subject, text=text, kind=Kind.NOTICE, now=now, person=person, bulk=True, unsubscribe=away
    )
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(digest=digest, outgoing=None)
    Digest.objects.filter(pk=digest.pk).update(outgoing=outgoing.pk)
    return True


def _words(person: Person, rows: list[Delivery]) -> tuple[str, str, str]:
    """Subject, list, and the address that ends such mail (of the group of the newest)."""
    away = addresses.unsubscribe(person.pk, rows[-1].message.group)
    with translation.override(person.language):
        subject = ngettext("%(n)d 条消息", "%(n)d 条消息", len(rows)) % {"n": len(rows)}
        lines = []
        for row in rows:
            words = said(row.message, person.language)
            lines.append(_("· %(title)s") % {"title": words.title} + "\n  " + words.text.replace("\n", "\n  "))
    return subject, addresses.mail_text("\n\n".join(lines), "", away, person.language), away
