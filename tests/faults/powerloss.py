"""The other half of powerloss.c: compile it, and after the kill undo what no fsync had promised."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("powerloss.c")
LINE = re.compile(rb"(\d+) (\w) (\d+) (-?\d+) (-?\d+) ([^\n]*)\n")
NAMES = "CDR"


@dataclass(frozen=True)
class Change:
    order: int
    kind: str
    inode: int
    a: int
    b: int
    path: Path
    old: bytes = b""


def compile_shim(folder: Path) -> Path:
    """The shim as a library in the folder. Raises CalledProcessError, and FileNotFoundError without a compiler."""
    library = folder / "powerloss.so"
    subprocess.run(["cc", "-O2", "-Wall", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"], check=True)
    return library


def read(journal: Path) -> Iterator[Change]:
    """A journal's changes; its last line may be torn by the kill, and then its change was never made."""
    data, at = journal.read_bytes(), 0
    while found := LINE.match(data, at):
        order, kind, inode, a, b, path = found.groups()
        at = found.end() + (int(b) if kind == b"W" else 0)
        if at > len(data):
            return
        old = data[found.end() : at]
        yield Change(int(order), kind.decode(), int(inode), int(a), int(b), Path(os.fsdecode(path)), old)


class PowerLoss:
    """A data folder whose power may go. Its processes run with `environment()`."""

    def __init__(self, library: Path, root: Path, notes: Path) -> None:
        self.library, self.root, self.notes = library, root.resolve(), notes
        self.undone: Counter[str] = Counter()
        self.begin()

    def begin(self) -> None:
        """Forget what was noted: all of it is on the disk."""
        shutil.rmtree(self.notes, ignore_errors=True)
        self.notes.mkdir(parents=True)
        (self.notes / "order").write_bytes(bytes(8))

    def environment(self) -> dict[str, str]:
        return {"LD_PRELOAD": str(self.library), "POWERLOSS_ROOT": str(self.root), "POWERLOSS_NOTES": str(self.notes)}

    def undo(self) -> Counter[str]:
        """Everything is dead: take back, the last first, what was not safe. What was undone, by kind."""
        journals = [path for path in self.notes.glob("*-*") if not path.name.startswith("kept")]
        changes = sorted((one for path in journals for one in read(path)), key=lambda one: (one.order, one.kind))
        safe = Safety(changes)
        sources = {one.order: one.path for one in changes if one.kind == "F"}
        files = {path.stat().st_ino: path for path in self.root.rglob("*") if path.is_file()}
        undone: Counter[str] = Counter()
        for one in reversed(changes):
            if not safe(one):
                undone[one.kind] += self._take_back(one, files, sources)
        self.undone += undone
        self.begin()
        return undone

    def _take_back(self, one: Change, files: dict[int, Path], sources: dict[int, Path]) -> bool:
        """Undo one change; False where what it was done to is gone."""
        if one.kind == "D":
            shutil.rmtree(one.path, ignore_errors=True)
            return True
        there = files.get(one.inode)
        if there is None or not there.exists():
            return False
        if one.kind == "C":
            files.pop(one.inode).unlink()
        elif one.kind == "R":
            files[one.inode] = there.rename(sources[one.order])
            kept = self.notes / f"kept-{one.a}"
            if one.a and kept.exists():
                files[one.a] = kept.rename(one.path)
        elif one.kind == "T":
            os.truncate(there, one.a)
        else:
            with there.open("r+b") as file:
                file.seek(one.a)
                file.write(one.old)
        return True


class Safety:
    """Which changes an fsync has promised: of the file for bytes, of the folder for names."""

    def __init__(self, changes: list[Change]) -> None:
        self.synced: dict[int, int] = {}
        self.born: dict[int, int] = {}
        for one in changes:
            if one.kind == "S":
                self.synced[one.inode] = max(self.synced.get(one.inode, 0), one.order)
            elif one.kind == "C":
                self.born[one.inode] = one.order

    def __call__(self, one: Change) -> bool:
        if one.kind in "SF":  # an fsync itself, and the former name of what was renamed
            return True
        if one.kind not in NAMES:
            # What was written to a file that is gone, before another got its number, is nobody's loss.
            return max(self.synced.get(one.inode, 0), self.born.get(one.inode, 0)) > one.order
        try:
            return self.synced.get(one.path.parent.stat().st_ino, 0) > one.order
        except FileNotFoundError:
            return True  # its folder is gone, and it with it
