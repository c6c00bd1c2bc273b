"""Log lines: one JSON object a line, without personal data; files turned over by size among several processes.

Who may be named is named by key elsewhere (the audit log). Here what looks like a number, an address or a path is
taken out of every message, and of an exception only its kind and the places of its code are told: the text of a
database error quotes the row.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import os
import re
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .ops import numbers

SIZE, FILES = 10_000_000, 40
PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # e-mail
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{0,4}\b"  # addresses of machines
    r"|(?:\+?86[- ]?)?(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)\d{15,19}[\dXx]?"  # phones, identity cards, bank cards
    r"|\?[\w%.-]+=\S*"  # what was searched for
)
ENDS = re.compile("[\u0085\u2028\u2029]")


def scrub(text: str) -> str:
    """The text without what may belong to a person."""
    return PERSONAL.sub("…", text)


def _message(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if request is not None and hasattr(request, "resolver_match") and isinstance(record.msg, str) and "%s" in record.msg:
        return record.msg.split("%s")[0].rstrip(": ") or str(record.args[0] if isinstance(record.args, tuple) and record.args else "")
    try:
        return scrub(record.getMessage())
    except (TypeError, ValueError):
        return scrub(str(record.msg))


def described(record: logging.LogRecord) -> dict[str, Any]:
    """What a line says of a record."""
    line: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": _message(record),
        "process": record.process,
    }
    if number := numbers.current():
        line["request"] = number
    request = getattr(record, "request", None)
    match = getattr(request, "resolver_match", None)
    if match is not None:
        line["route"] = match.view_name
    if status := getattr(record, "status_code", None):
        line["status"] = status
    if record.exc_info and record.exc_info[0]:
        line["error"] = record.exc_info[0].__name__
        line["trace"] = [
            f"{Path(frame.filename).parent.name}/{Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(record.exc_info[2])[-12:]
        ]
    return line


class JsonFormatter(logging.Formatter):
    """One object a line: no line can be forged into the log by a line end in a message."""

    def format(self, record: logging.LogRecord) -> str:
        return ENDS.sub(" ", json.dumps(described(record), ensure_ascii=False, default=str))


class PlainFormatter(logging.Formatter):
    """The same for somebody who sits at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        line = described(record)
        ends = [f"[{line['request']}]"] if "request" in line else []
        ends += [line["route"]] if "route" in line else []
        ends += [f"{line['error']}\n    " + "\n    ".join(line["trace"])] if "error" in line else []
        text = " ".join(line["message"].split())
        return " ".join([line["at"][11:19], line["level"], line["logger"], text, *ends])


class ConsoleHandler(logging.StreamHandler):
    """JSON, or plain words where somebody sits there."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)
        self.setFormatter(PlainFormatter() if sys.stderr.isatty() else JsonFormatter())

    def handleError(self, record: logging.LogRecord) -> None:
        """A console that is gone is nobody's trouble."""


class SharedFile(logging.Handler):
    """Appends whole lines to a file that several processes share and that whoever finds it full turns over."""

    def __init__(self, path: str, size: int = SIZE, files: int = FILES) -> None:
        super().__init__()
        self.path, self.size, self.files = Path(path), size, files
        self.file: int | None = None
        self.turning = threading.Lock()
        self.setFormatter(JsonFormatter())

    def emit(self, record: logging.LogRecord) -> None:
        with contextlib.suppress(OSError):  # a full disk: the console still has it
            line = self.format(record).encode("utf-8", "replace") + b"\n"
            os.write(self._opened(), line)

    def _opened(self) -> int:
        """The present file, turned over where it is full, opened anew where another process turned it."""
        status = None
        with contextlib.suppress(OSError):
            status = self.path.stat()
        if status is not None and status.st_size >= self.size:
            self._turn()
            status = None
        if self.file is not None and status is not None and os.fstat(self.file).st_ino == status.st_ino:
            return self.file
        if self.file is not None:
            os.close(self.file)
            self.file = None
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return self.file

    def _turn(self) -> None:
        with (self.path.parent / ".turn").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self.path.exists() or self.path.stat().st_size < self.size:
                return  # another process was first
            self._older(self.files - 1).unlink(missing_ok=True)
            for number in range(self.files - 2, 0, -1):
                with contextlib.suppress(FileNotFoundError):
                    self._older(number).replace(self._older(number + 1))
            self.path.replace(self._older(1))

    def _older(self, number: int) -> Path:
        return self.path.with_name(f"{self.path.name}.{number}")

    def close(self) -> None:
        if self.file is not None:
            os.close(self.file)
            self.file = None
        super().close()
