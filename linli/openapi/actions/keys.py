"""A key is given to a program once, counted at each report, and revoked for good."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from linli.common import audit
from linli.common.errors import NotAllowed, UserError
from linli.people.api import Actor, may_anywhere

from ..models import ApiKey, ApiUse
from ..permissions import A

MOST = 1000  # reports an hour that a key may be given


class Refused(Exception):
    """The key is missing, wrong or revoked."""


class Spent(Exception):
    """The key has made as many reports as it may within the hour."""


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def give_key(*, name: str, contact: str, hourly: int, by: Actor, now: datetime) -> tuple[ApiKey, str]:
    """The new key and its text, which is never shown again. Raises NotAllowed, UserError."""
    if by.acting is None or by.person is None or not may_anywhere(by, A.API_KEYS):
        raise NotAllowed("api keys")
    if not 1 <= hourly <= MOST:
        raise UserError(_("每小时 1 到 1000 条"), field="hourly")
    text = secrets.token_urlsafe(32)
    row = ApiKey.objects.create(
        name=name, contact=contact, body_id=by.acting.body_id, digest=digest(text), hourly=hourly, made_at=now, made_by=by.person
    )
    audit.record(actor=by, action="api_key.give", subject=row, now=now)
    return row, text


@transaction.atomic
def revoke_key(*, key: UUID, by: Actor, now: datetime) -> bool:
    """Whether it was still good. Raises NotAllowed for keys of other bodies."""
    if by.acting is None or not may_anywhere(by, A.API_KEYS):
        raise NotAllowed("api keys")
    done = ApiKey.objects.filter(pk=key, body=by.acting.body_id, revoked_at=None).update(revoked_at=now)
    if done:
        audit.record(actor=by, action="api_key.revoke", subject=ApiKey.objects.get(pk=key), now=now)
    return bool(done)


def ask_key(*, text: str) -> ApiKey:
    """The key as it stands. Raises Refused."""
    row = ApiKey.objects.filter(digest=digest(text), revoked_at=None).first() if text else None
    if row is None:
        raise Refused
    return row


@transaction.atomic
def spend_key(*, key: ApiKey, now: datetime) -> None:
    """Count one report. Raises Spent where the hour's number is used up."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    ApiUse.objects.get_or_create(key=key, hour=hour)
    if not ApiUse.objects.filter(key=key, hour=hour, count__lt=key.hourly).update(count=F("count") + 1):
        raise Spent
    ApiKey.objects.filter(pk=key.pk).update(used_at=now)
