"""The two key rings: `columns` encrypts, `index` makes blind indexes. Files of mode 0600; see config.instance.

A ring holds a current key and older ones, so that values written before a rotation can still be read
while `linli keys rotate` rewrites them.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from linli.config import instance


@dataclass(frozen=True)
class Ring:
    current: str
    keys: dict[str, bytes]

    @property
    def key(self) -> bytes:
        return self.keys[self.current]


@cache
def _read(name: str, stamp: int, folder: Path) -> Ring:
    data = json.loads(instance.read_secret(folder, name))
    return Ring(data["current"], {key: bytes.fromhex(value) for key, value in data["keys"].items()})


def ring(name: str) -> Ring:
    """The ring as it stands on disk; a rotation by another process is seen at once.

    Raises FileNotFoundError where the instance has no keys.
    """
    folder = settings.LINLI_DATA
    return _read(name, (folder / "secrets" / name).stat().st_mtime_ns, folder)


def write_ring(name: str, new: Ring) -> None:
    """Replace the ring on disk, whole or not at all."""
    text = json.dumps({"current": new.current, "keys": {key: value.hex() for key, value in new.keys.items()}})
    instance.write_secret(settings.LINLI_DATA, name, text)
