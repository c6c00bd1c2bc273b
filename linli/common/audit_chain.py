"""The chain over the audit log, its signed checkpoints, and their verification.

The chain finds an edited or missing row; a checkpoint kept elsewhere also finds a cut tail and a rebuilt chain.
Order of the chain is the order in which rows were seen, so that concurrent transactions need not queue.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import transaction

from linli.config import instance

from .models import AuditLink, AuditRow

START = "0" * 64
_FIELDS = [field.attname for field in AuditRow._meta.concrete_fields]


@dataclass(frozen=True)
class Finding:
    """What is wrong with the log, in words; `seq` where it was found."""

    seq: int
    message: str


def digest(row: AuditRow, previous: str) -> str:
    """SHA-256 over the previous hash and every column of the row, in a fixed writing."""
    values = {name: getattr(row, name) for name in _FIELDS}
    values["at"] = row.at.isoformat(timespec="microseconds")
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def extend(batch: int = 5000) -> int:
    """Chain the rows that have no link yet; how many."""
    done = 0
    while True:
        with transaction.atomic():
            last = AuditLink.objects.select_for_update().order_by("-seq").first()
            seq, previous = (last.seq, last.hash) if last else (0, START)
            links = []
            for row in AuditRow.objects.filter(link=None).order_by("pk")[:batch]:
                seq, previous = seq + 1, digest(row, previous)
                links.append(AuditLink(seq=seq, row=row, hash=previous))
            AuditLink.objects.bulk_create(links)
        done += len(links)
        if len(links) < batch:
            return done


def _private_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(instance.read_secret(settings.LINLI_DATA, "signing")))


def public_key() -> str:
    """The key that checks the checkpoints' signatures, in hex; hand it to whoever keeps them."""
    return _private_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def write_checkpoint(now: datetime, folder: Path | None = None) -> Path | None:
    """Sign the end of the chain into a file of its own; None where nothing is chained yet."""
    last = AuditLink.objects.order_by("-seq").first()
    if last is None:
        return None
    body = {"seq": last.seq, "hash": last.hash, "at": now.isoformat(timespec="seconds"), "key": public_key()}
    signature = _private_key().sign(json.dumps(body, sort_keys=True).encode()).hex()
    path = (folder or settings.LINLI_DATA / "checkpoints") / f"{now:%Y%m%dT%H%M%SZ}-{last.seq}.json"
    instance.write_whole(path, json.dumps({**body, "signature": signature}, indent=1) + "\n")
    return path


def verify(folder: Path | None = None, key: str | None = None) -> list[Finding]:
    """Walk the whole chain and hold it against every checkpoint in the folder; what is wrong, nothing if all is well."""
    findings, hashes = [], {0: START}
    previous, expected = START, 1
    for link in AuditLink.objects.order_by("seq").select_related("row").iterator(chunk_size=2000):
        if link.seq != expected:
            findings.append(Finding(expected, f"{expected} 到 {link.seq - 1} 号记录不见了 / rows {expected} to {link.seq - 1} are gone"))
        if digest(link.row, previous) != link.hash:
            findings.append(Finding(link.seq, f"{link.seq} 号记录被改过 / row {link.seq} was changed"))
        hashes[link.seq] = previous = link.hash
        expected = link.seq + 1
    loose = AuditRow.objects.exclude(pk__in=AuditLink.objects.values("row")).count()
    total = AuditRow.objects.count()
    if total - loose != len(hashes) - 1:
        findings.append(Finding(0, "链和记录的数目对不上 / chain and rows differ in number"))
    for path in sorted((folder or settings.LINLI_DATA / "checkpoints").glob("*.json")):
        findings += _against(path, hashes, key or public_key())
    return findings


def _against(path: Path, hashes: dict[int, str], key: str) -> list[Finding]:
    try:
        body = json.loads(path.read_text())
        signature = bytes.fromhex(body.pop("signature"))
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, json.dumps(body, sort_keys=True).encode())
    except (ValueError, KeyError, InvalidSignature):
        return [Finding(0, f"{path.name}：签名不对 / signature is wrong")]
    if hashes.get(body["seq"]) == body["hash"]:
        return []
    what = "末尾被截掉 / the tail was cut" if body["seq"] not in hashes else "整条链被重做过 / the chain was rebuilt"
    return [Finding(body["seq"], f"{path.name}：{what}")]
