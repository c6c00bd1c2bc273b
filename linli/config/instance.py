"""One instance of Linli: where its data lies, whether it is a demo, and its secrets.

Everything that an instance owns lies under one folder (`LINLI_DATA`, default `var/`):

    instance.json       kind (demo or real), district, name, public settings
    secrets/            mode 0700; each file 0600
    linli.sqlite3       the embedded database, unless LINLI_DATABASE names a PostgreSQL
    checkpoints/        signed audit checkpoints, to be carried elsewhere
    files/  log/

This module is read by the settings, so it imports nothing of Django.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
SECRET_NAMES = ("django", "signing")


class InstanceError(Exception):
    """The data folder cannot be used as asked; the message says why, for people."""


@dataclass
class Instance:
    """What `instance.json` holds. `kind` is `demo` or `real` and never changes."""

    kind: str
    district: str = ""
    name: str = ""
    hosts: list[str] = field(default_factory=lambda: ["127.0.0.1", "localhost", "[::1]"])
    origin: str = ""
    icp: str = ""
    police_record: str = ""
    hotline: str = ""
    sms: dict[str, str] = field(default_factory=dict)
    email: dict[str, str] = field(default_factory=dict)
    public_key: str = ""
    backup: dict[str, str] = field(default_factory=dict)
    tls_cert: str = ""
    tls_key: str = ""

    @property
    def is_demo(self) -> bool:
        return self.kind == "demo"


def data_folder() -> Path:
    """The one folder of this instance's data."""
    return Path(os.environ.get("LINLI_DATA") or SOURCE / "var").resolve()


def load(folder: Path | None = None) -> Instance | None:
    """The instance in the folder, or None where none has been made."""
    path = (folder or data_folder()) / "instance.json"
    if not path.exists():
        return None
    return Instance(**json.loads(path.read_text(encoding="utf-8")))


def save(instance: Instance, folder: Path) -> None:
    """Write instance.json whole or not at all."""
    write_whole(folder / "instance.json", json.dumps(asdict(instance), ensure_ascii=False, indent=2) + "\n")


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all, also where the power goes: bytes first, then the name."""
    new = path.with_name(path.name + ".new")
    with new.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def create(instance: Instance, folder: Path) -> None:
    """Make the folder, its secrets and instance.json.

    Raises InstanceError where another instance (demo or real) already lives there.
    """
    there = load(folder)
    if there is not None:
        raise InstanceError(f"{folder} already holds a {there.kind} instance / 该文件夹已有实例（{there.kind}）")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in ("secrets", "checkpoints", "files", "log"):
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    for name in SECRET_NAMES:
        write_secret(folder, name, secrets.token_hex(32))
    write_secret(folder, "columns", json.dumps({"current": "k1", "keys": {"k1": secrets.token_hex(32)}}))
    write_secret(folder, "index", json.dumps({"current": "i1", "keys": {"i1": secrets.token_hex(32)}}))
    save(instance, folder)


def write_secret(folder: Path, name: str, value: str) -> None:
    """Write a secret, readable by its owner alone from its first moment on."""
    path = folder / "secrets" / name
    new = path.with_name(name + ".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(value)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def read_secret(folder: Path, name: str) -> str:
    """The secret's text. Raises FileNotFoundError where it was never made."""
    return (folder / "secrets" / name).read_text()


def is_paused(folder: Path) -> bool:
    """Whether `linli update` has asked for no changes until it is through."""
    return (folder / "paused").exists()


def wake_file(folder: Path) -> Path:
    """The file whose time tells the worker process that something is to be done now."""
    return folder / "wake"


def wake(folder: Path | None = None) -> None:
    """Have the worker process look for work within a second instead of at its next tick."""
    wake_file(folder or data_folder()).touch()
