"""Keeping and ending files. Bytes are written before the row and removed after it, so that a row always has its bytes;
what a failure leaves behind without a row is swept."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import IO, Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.common.errors import UserError
from linli.common.ids import uuid7
from linli.common.text import clean

from .. import pictures, storage
from ..models import File
from ..owners import BODY_QUOTA, PERSON_QUOTA, OwnerKind, owner_kind
from ..rules import KEPT, MEGABYTE, Type, shown_name, tell_type

ORPHAN_AGE = timedelta(days=1)
SWEPT = 500
LOOKED_AT_TWICE = 600.0  # seconds between the first and the last look at bytes without a row
_without_row: dict[str, float] = {}


def store_upload(
    uploaded: UploadedFile[Any] | IO[bytes], *, owner: tuple[str, Any], by: Any, purpose: str, now: datetime,
    alt: str = "", once: str = "", until: datetime | None = None, lock: Callable[[], object] | None = None,
) -> File:  # fmt: skip
    """Keep an uploaded file for an owner (kind, key); the caller has asked whether the actor `by` may add it.

    `once` is the form's one-time key: the same person sending it twice gets the first file. `until`: deleted then.
    `lock` is called in the transaction that writes the row: it locks the owner and may refuse with a UserError.
    Raises UserError (field "file" or "alt") for what is refused, LookupError for an unknown kind of owner.
    """
    kind = owner_kind(owner[0])
    if kind is None:
        raise LookupError(owner[0])
    person = getattr(by, "person_id", None)
    earlier = _earlier(person, once)
    if earlier is not None:
        return earlier
    stream, size = _opened(uploaded)
    what = tell_type(stream, size)
    _check(kind, what, str(owner[1]), alt)
    acting = getattr(by, "acting", None)
    file = File(
        owner_kind=kind.name, owner_id=str(owner[1]), by=person, body=acting.body_id if acting else None, purpose=purpose,
        at=now, type=what, name=_name(uploaded), alt=" ".join(clean(alt).split()), once=once or None, until=until,
        folder=storage.new_folder(),
    )  # fmt: skip
    try:
        _write(file, stream)
        with transaction.atomic():
            if lock is not None:
                lock()
                _check_count(kind, file.owner_id)
            _check_quota(file)
            file.save(force_insert=True)
    except IntegrityError:
        storage.remove(file.folder)
        earlier = _earlier(person, once)
        if earlier is None:
            raise
        return earlier
    except BaseException:
        storage.remove(file.folder)
        raise
    return file


def _earlier(person: UUID | None, once: str) -> File | None:
    return File.objects.filter(by=person, once=once).first() if once and person else None


def _opened(uploaded: Any) -> tuple[IO[bytes], int]:
    stream: IO[bytes] = getattr(uploaded, "file", uploaded)
    size = stream.seek(0, 2)
    stream.seek(0)
    return stream, size


def _name(uploaded: Any) -> str:
    name = str(getattr(uploaded, "name", "") or "")
    return clean(name.rsplit("/", 1)[-1])[:120]


def _check(kind: OwnerKind, what: Type, owner_id: str, alt: str) -> None:
    if what not in kind.accepts:
        names = [str(Type(one).label) for one in sorted(kind.accepts)]
        raise UserError(format_lazy(_("这里只收：{names}"), names="、".join(names)), field="file")  # data
    if len(alt) > 200:
        raise UserError(_("图片说明最多 200 个字"), field="alt")
    _check_count(kind, owner_id)


def _check_count(kind: OwnerKind, owner_id: str) -> None:
    if File.objects.filter(owner_kind=kind.name, owner_id=owner_id).count() >= kind.most:
        raise UserError(format_lazy(_("这里最多放 {n} 个文件"), n=kind.most), field="file")


def _write(file: File, stream: IO[bytes]) -> None:
    """The bytes of every size, and what the row says of them."""
    if file.type == Type.PICTURE:
        made = pictures.make_anew(stream)
        for size, one in made.items():
            storage.write(file.folder, f"{size}.{file.suffix}", [one.content])
        file.sizes = {size: [len(one.content), one.width, one.height] for size, one in made.items()}
        file.sha256 = hashlib.sha256(made["large"].content).hexdigest()
    else:
        digest = hashlib.sha256()
        length = storage.write(file.folder, f"{KEPT}.{file.suffix}", _digested(stream, digest))
        file.sizes, file.sha256 = {KEPT: [length, 0, 0]}, digest.hexdigest()
    file.total = sum(facts[0] for facts in file.sizes.values())


def _digested(stream: IO[bytes], digest: Any) -> Iterator[bytes]:
    stream.seek(0)
    while chunk := stream.read(storage.CHUNK):
        digest.update(chunk)
        yield chunk


def _check_quota(file: File) -> None:
    """What nobody in particular gave counts to nobody: its owner's number and the budget at its door hold for it."""
    if file.by is None and file.body is None:
        return
    mine = {"body": file.body} if file.body else {"by": file.by, "body": None}
    most = BODY_QUOTA if file.body else PERSON_QUOTA
    used = File.objects.filter(**mine).aggregate(n=Sum("total"))["n"] or 0
    if used + file.total > most:
        raise UserError(
            format_lazy(_("空间不够了：一共 {most} MB，已用 {used} MB。请先删掉不用的"), most=most // MEGABYTE, used=used // MEGABYTE),
            field="file",
        )


@transaction.atomic
def hand_on(*, file: File, owner: tuple[str, Any], purpose: str, alt: str = "") -> File:
    """A file that waited becomes another thing's, for as long as that lasts; the caller has asked for the right.

    `alt`: what it shows. Raises UserError (field "file" or "alt") for what is refused there, also where it was handed
    on meanwhile.
    """
    kind = owner_kind(owner[0])
    if kind is None:
        raise LookupError(owner[0])
    alt = " ".join(clean(alt).split())
    _check(kind, Type(file.type), str(owner[1]), alt)
    there = File.objects.filter(pk=file.pk, owner_kind=file.owner_kind, owner_id=file.owner_id)
    if not there.update(owner_kind=kind.name, owner_id=str(owner[1]), purpose=purpose, alt=alt, until=None):
        raise UserError(_("这一份刚才已经用掉了，请重新选一次"), field="file")
    file.refresh_from_db()
    return file


@transaction.atomic
def copy_files(
    *, source: tuple[str, Any], owner: tuple[str, Any], by: Any, now: datetime, only: Collection[UUID] | None = None
) -> list[File]:
    """The files of one thing once more, for another, all or `only` these; each with bytes of its own. Raises UserError."""
    kind = owner_kind(owner[0])
    if kind is None:
        raise LookupError(owner[0])
    made, acting = [], getattr(by, "acting", None)
    for file in File.objects.filter(owner_kind=source[0], owner_id=str(source[1])).order_by("at", "pk"):
        if only is not None and file.pk not in only:
            continue
        _check(kind, Type(file.type), str(owner[1]), file.alt)
        old = file.folder
        file.pk, file.folder, file.once, file.until = uuid7(), storage.new_folder(), None, None
        file.owner_kind, file.owner_id = kind.name, str(owner[1])
        file.by, file.body, file.at = getattr(by, "person_id", None), acting.body_id if acting else None, now
        _check_quota(file)
        storage.copy(old, file.folder)
        file.save(force_insert=True)
        made.append(file)
    return made


def delete_files(*, owner: tuple[str, Any]) -> int:
    """End all files of an owner, in the transaction in which it ends; the bytes go once that is certain."""
    return _delete(File.objects.filter(owner_kind=owner[0], owner_id=str(owner[1])))


def delete_file(*, file: File) -> None:
    _delete([file])


def _delete(files: Iterable[File]) -> int:
    gone = list(files)
    File.objects.filter(pk__in=[file.pk for file in gone]).delete()
    for file in gone:
        transaction.on_commit(partial(storage.remove, file.folder))
    return len(gone)


def keep_until(*, owner: tuple[str, Any], until: datetime | None) -> None:
    """When the files of an owner are deleted by themselves."""
    File.objects.filter(owner_kind=owner[0], owner_id=str(owner[1])).update(until=until)


def sweep(now: datetime, *, patience: float = LOOKED_AT_TWICE) -> int:
    """Delete files whose time is over or whose owner is gone, and bytes without a row; returns how many."""
    count = 0
    with transaction.atomic():
        count += _delete(File.objects.filter(until__lte=now)[:SWEPT])
    count += _sweep_ownerless(now)
    return count + _sweep_bytes(now, patience)


def _sweep_bytes(now: datetime, patience: float) -> int:
    """What has no row now nor had one before: a clock that leaps makes the upload of this moment look old."""
    count = 0
    for folder in storage.folders((now - ORPHAN_AGE).timestamp()):
        if File.objects.filter(folder=folder).exists():
            _without_row.pop(folder, None)
        elif time.monotonic() - _without_row.setdefault(folder, time.monotonic()) >= patience:
            storage.remove(folder)
            del _without_row[folder]
            count += 1
    return count


def _sweep_ownerless(now: datetime) -> int:
    count = 0
    old = File.objects.filter(at__lt=now - ORPHAN_AGE)
    for name in old.order_by().values_list("owner_kind", flat=True).distinct():
        kind = owner_kind(name)
        if kind is None:
            continue  # its app is not installed now: nobody can say
        keys = list(old.filter(owner_kind=name).order_by().values_list("owner_id", flat=True).distinct())
        for n in range(0, len(keys), SWEPT):
            some = keys[n : n + SWEPT]
            dead = set(some) - kind.living(some)
            with transaction.atomic():
                count += _delete(old.filter(owner_kind=name, owner_id__in=dead)) if dead else 0
    return count


def shown_as(file: File) -> str:
    """The name under which a person saves the file."""
    return shown_name(file.name, file.suffix)
