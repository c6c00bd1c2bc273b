"""The adapters of a demo: nothing leaves the machine. What was sent is read at /demo/outbox/."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from django.conf import settings

from linli.common.text import mask_email, mask_phone

from .port import Adapter, Parcel


def line(parcel: Parcel) -> str:
    """One message as one line, the recipient masked."""
    to = mask_email(parcel.to) if "@" in parcel.to else mask_phone(parcel.to)
    fields = {"key": parcel.key, "to": to, "subject": parcel.subject, "text": parcel.text}
    return json.dumps(fields, ensure_ascii=False) + "\n"


class FileAdapter(Adapter):
    """A line in log/outgoing.log, which only its owner may read."""

    near = True

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or settings.LINLI_DATA / "log" / "outgoing.log"

    def send(self, parcel: Parcel) -> str:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(
            os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8"
        ) as file:
            file.write(line(parcel))
        return parcel.key


class ConsoleAdapter(Adapter):
    """A line on the console of the server."""

    near = True

    def send(self, parcel: Parcel) -> str:
        sys.stdout.write(line(parcel))
        sys.stdout.flush()
        return parcel.key
