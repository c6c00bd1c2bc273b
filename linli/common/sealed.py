"""Columns whose text the database never sees (GB/T 35273 6.3; ASVS 11.3).

`SealedField`: AES-256-GCM with a random nonce; table, column and row key are authenticated with it, so a
value copied to another row does not open. `BlindIndexField`: HMAC-SHA256 of the normalised text, for exact look-up.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Callable
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from . import keys


class SealBroken(Exception):
    """A sealed value does not open: it was changed, moved to another row, or its key is gone."""


class Ciphertext(str):
    """A sealed value as it lies in the database. Says nothing when printed."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<sealed>"


def seal(text: str, context: str) -> Ciphertext:
    """Encrypt; `context` (table|column|row) must be the same when it is opened."""
    ring = keys.ring("columns")
    nonce = os.urandom(12)
    body = AESGCM(ring.key).encrypt(nonce, text.encode(), context.encode())
    return Ciphertext(f"{ring.current}.{base64.urlsafe_b64encode(nonce + body).decode()}")


def unseal(value: str, context: str) -> str:
    """Decrypt. Raises SealBroken."""
    key_id, _dot, body = value.partition(".")
    ring = keys.ring("columns")
    try:
        raw = base64.urlsafe_b64decode(body)
        return AESGCM(ring.keys[key_id]).decrypt(raw[:12], raw[12:], context.encode()).decode()
    except (KeyError, ValueError, InvalidTag) as error:
        raise SealBroken(context.rsplit("|", 1)[0]) from error


class SealedAttribute(DeferredAttribute):
    """Opens the value on first use and remembers the text on the instance."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Ciphertext):
            value = unseal(value, self.field.context(instance))  # type: ignore[attr-defined]
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value  # type: ignore[attr-defined]


class SealedField(models.TextField):
    """Text that is encrypted in its column. The row needs its key before it is saved (UUIDv7).

    An empty string is stored as such. Filtering by or updating a sealed column in bulk raises TypeError.
    """

    descriptor_class = SealedAttribute

    def context(self, instance: models.Model) -> str:
        return f"{self.model._meta.db_table}|{self.column}|{instance.pk}"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return Ciphertext(value) if value else value

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        value = instance.__dict__.get(self.attname)
        if not value or isinstance(value, Ciphertext):
            return Ciphertext(value) if value is not None else None
        if instance.pk is None:
            raise TypeError(f"{self} needs its row's key before it is saved")
        return seal(value, self.context(instance))

    def get_prep_value(self, value: Any) -> Any:
        if value and not isinstance(value, Ciphertext):
            raise TypeError(f"{self} is sealed: it cannot be searched or updated in bulk")
        return None if value is None else str(value)


def digests(domain: str, text: str) -> list[str]:
    """The blind index of a text under every key of the ring, the current one first."""
    ring = keys.ring("index")
    order = [ring.current, *(key for key in ring.keys if key != ring.current)]
    return [hmac.new(ring.keys[k], f"{domain}|{text}".encode(), hashlib.sha256).hexdigest() for k in order]


class BlindIndexField(models.CharField):
    """HMAC of another, sealed field of the row. `domain` makes indexes of the same kind of fact comparable.

    Never for facts of few possible values (a name, a sex): an index would give them away by frequency.
    Look up with `filter(phone_index__in=digests("phone", normalised))`.
    """

    def __init__(self, *args: Any, of: str = "", domain: str = "", normalise: Callable[[str], str] | None = None, **kw: Any):
        self.of, self.domain, self.normalise = of, domain, normalise
        kw.setdefault("max_length", 64)
        kw.setdefault("editable", False)
        kw.setdefault("default", "")
        super().__init__(*args, **kw)

    def deconstruct(self) -> Any:
        name, path, args, kw = super().deconstruct()
        return name, path, args, {**kw, "of": self.of, "domain": self.domain}

    def pre_save(self, instance: models.Model, add: bool) -> str:
        text = getattr(instance, self.of) or ""
        if text and self.normalise:
            text = self.normalise(text)
        value = digests(self.domain, text)[0] if text else ""
        setattr(instance, self.attname, value)
        return value
