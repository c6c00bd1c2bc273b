"""Rotation of the column and index keys: new keys first, then every sealed value is rewritten with them."""

import secrets
from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import models, transaction

from . import keys
from .sealed import BlindIndexField, SealedField

_elsewhere: list[Callable[[], int]] = []


def also(rewrite: Callable[[], int]) -> Callable[[], int]:
    """Register a function that seals anew what lies sealed outside of sealed columns, and counts its rows."""
    if rewrite not in _elsewhere:
        _elsewhere.append(rewrite)
    return rewrite


def sealed_models() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Each model with sealed columns or blind indexes, and their names."""
    for model in apps.get_models():
        names = [f.name for f in model._meta.concrete_fields if isinstance(f, (SealedField, BlindIndexField))]
        if names:
            yield model, names


def rotate_keys(*, drop_old: bool = False, progress: Callable[[str, int], None] = lambda name, n: None) -> int:
    """Make new keys and rewrite every sealed value; how many rows. Safe to interrupt and to repeat.

    `drop_old` then removes the former keys: backups made before can no longer be read with this ring.
    Running server processes see the new ring at once. Sessions sealed with a dropped key end.
    """
    for name, prefix in (("columns", "k"), ("index", "i")):
        ring = keys.ring(name)
        new = f"{prefix}{max(int(key[1:]) for key in ring.keys) + 1}"
        keys.write_ring(name, keys.Ring(new, {**ring.keys, new: secrets.token_bytes(32)}))
    rows = sum(_rewrite(model, names, progress) for model, names in sealed_models())
    rows += sum(rewrite() for rewrite in _elsewhere)
    if drop_old:
        for name in ("columns", "index"):
            ring = keys.ring(name)
            keys.write_ring(name, keys.Ring(ring.current, {ring.current: ring.key}))
    return rows


def _rewrite(model: type[models.Model], names: list[str], progress: Callable[[str, int], None]) -> int:
    done, last = 0, None
    while True:
        with transaction.atomic():
            rows = model._base_manager.order_by("pk")
            rows = rows.filter(pk__gt=last) if last is not None else rows
            batch = list(rows.select_for_update()[:500])
            for row in batch:
                for name in names:
                    getattr(row, name)  # opens what is sealed, so that saving seals it anew
                row.save(update_fields=names)
        if not batch:
            return done
        done, last = done + len(batch), batch[-1].pk
        progress(model._meta.label, done)
