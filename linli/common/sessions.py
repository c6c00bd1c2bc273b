"""Sessions whose content is sealed and whose key is stored as a hash (ASVS 7.2.3).

A copy of the database gives nobody a session, and a session gives nobody a phone number or a code.
"""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction

from . import clock, prepared, sealed


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _at(key_hash: str, now: datetime) -> Any:
    return SessionStore.get_model().objects.filter(key_hash=key_hash, expires__gt=now).values_list("data")


class SessionStore(SessionBase):
    """The engine named in SESSION_ENGINE."""

    @classmethod
    def get_model(cls) -> Any:
        from .models import Session

        return Session

    def encode(self, session_dict: dict[str, Any]) -> str:
        return sealed.seal(json.dumps(session_dict, ensure_ascii=False), f"session|{_hash(self.session_key or '')}")

    def decode(self, session_data: str) -> dict[str, Any]:
        try:
            return json.loads(sealed.unseal(session_data, f"session|{_hash(self.session_key or '')}"))
        except (sealed.SealBroken, ValueError):
            return {}

    def load(self) -> dict[str, Any]:
        key = self.session_key
        rows = prepared.rows(_at, values=(_hash(key), clock.now())) if key else []
        if not rows:
            self._session_key = None
            return {}
        return self.decode(rows[0][0])

    def exists(self, session_key: str) -> bool:
        return self.get_model().objects.filter(key_hash=_hash(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)
        Session = self.get_model()
        row = Session(
            key_hash=_hash(self.session_key),
            data=self.encode(data),
            account=str(data.get("_auth_user_id", "")),
            expires=self.get_expiry_date(),
        )
        try:
            with transaction.atomic():
                row.save(force_insert=must_create, force_update=not must_create)
        except IntegrityError:
            if must_create:
                raise CreateError from None
            raise
        except Session.NotUpdated:  # ended meanwhile; any other trouble of the database is not the person's
            raise UpdateError from None

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            self.get_model().objects.filter(key_hash=_hash(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        cls.get_model().objects.filter(expires__lt=clock.now()).delete()


def end_sessions(account: object, *, but: str | None = None) -> int:
    """End every session of an account, but the one with this key; how many were ended."""
    rows = SessionStore.get_model().objects.filter(account=str(account))
    if but:
        rows = rows.exclude(key_hash=_hash(but))
    return rows.delete()[0]


def default_age() -> timedelta:
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)
