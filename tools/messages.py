"""Compile the translations: all .po files of a LC_MESSAGES folder into one django.mo, where it is stale.

An app may split its catalogue by noun (django.po, accounts.po, …): Django reads one domain, so they are joined here.
djangojs.po, words for scripts, is the other domain and stands alone.

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


def domains(folder: Path) -> dict[str, list[Path]]:
    """The sources of each compiled file that the folder is to have."""
    found: dict[str, list[Path]] = {}
    for po in sorted(folder.glob("*.po")):
        found.setdefault("djangojs" if po.stem == "djangojs" else "django", []).append(po)
    return found


def is_stale(folder: Path) -> bool:
    """Whether a compiled file is missing or older than one of its sources."""
    pairs = [(folder / f"{name}.mo", po) for name, sources in domains(folder).items() for po in sources]
    return any(not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns for mo, po in pairs)


def compile_one(folder: Path) -> None:
    """Write each file whole or not at all, so that a reader beside us never sees half of one."""
    for name, sources in domains(folder).items():
        joined = polib.POFile()
        joined.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
        for po in sources:
            joined.extend(polib.pofile(str(po), encoding="utf-8"))
        new = folder / f"{name}.{os.getpid()}.new"
        joined.save_as_mofile(str(new))
        new.replace(folder / f"{name}.mo")


def compile_all(root: Path = ROOT, *, force: bool = False) -> int:
    """Compile what is stale; returns how many folders were compiled.

    Raises OSError or ValueError with the file's name where a catalogue cannot be read.
    """
    stale = [f for f in sorted({po.parent for po in catalogues(root)}) if force or is_stale(f)]
    for folder in stale:
        compile_one(folder)
    return len(stale)


def main() -> int:
    """Compile and say in one line what was done."""
    done = compile_all(force="--force" in sys.argv[1:])
    print(f"translations: {done} folders compiled / 翻译：编译 {done} 份")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
