"""Compile the translations: each locale/*/LC_MESSAGES/django.po to a .mo beside it, where the .mo is stale.

The .mo files are not tracked. `python -m tools.messages` needs no gettext programs, only polib.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]


def catalogues(root: Path = ROOT) -> list[Path]:
    """Every translation file of our own apps, in a steady order."""
    return sorted((root / "linli").glob("*/locale/*/LC_MESSAGES/*.po"))


def is_stale(po: Path) -> bool:
    """Whether the compiled file is missing or older than its source."""
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns


def compile_one(po: Path) -> None:
    """Write the .mo whole or not at all, so that a reader beside us never sees half a file."""
    new = po.with_name(f"{po.stem}.{os.getpid()}.new")
    polib.pofile(str(po), encoding="utf-8").save_as_mofile(str(new))
    new.replace(po.with_suffix(".mo"))


def compile_all(root: Path = ROOT, *, force: bool = False) -> int:
    """Compile what is stale; returns how many files were compiled.

    Raises OSError or ValueError with the file's name where a catalogue cannot be read.
    """
    done = 0
    for po in catalogues(root):
        if not force and not is_stale(po):
            continue
        compile_one(po)
        done += 1
    return done


def main() -> int:
    """Compile and say in one line what was done."""
    done = compile_all(force="--force" in sys.argv[1:])
    print(f"translations: {done} compiled, {len(catalogues()) - done} fresh / 翻译：编译 {done} 份")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
