"""The whole country's official table of divisions, 665,276 rows, into a fresh instance and once more."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from .measure import DATA, Figure
from .measure import run as measured

PACKAGE = "china-division@2.7.0"
ROWS = 665_276
# file and the column of its parent's code
PARTS = (
    ("provinces", None),
    ("cities", "provinceCode"),
    ("areas", "cityCode"),
    ("streets", "areaCode"),
    ("villages", "streetCode"),
)
MAKE = """
import pathlib, sys
from linli.config import instance, prepare
from linli.config.cli import setup
folder = pathlib.Path(sys.argv[1])
instance.create(instance.Instance(kind="real", district=""), folder)
setup.django()
prepare.prepare(folder)
"""


def table() -> Path:
    """One CSV of code, name, parent, made from the npm package; kept for the next run."""
    whole = DATA / "divisions.csv"
    if whole.exists():
        return whole
    DATA.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=DATA) as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as packed:
            packed.extractall(folder, filter="data")
        part = Path(folder) / "whole.csv"
        with part.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(("code", "name", "parent"))
            for name, parent in PARTS:
                with (Path(folder) / "package" / "dist" / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
                    writer.writerows((r["code"], r["name"], r[parent] if parent else "") for r in csv.DictReader(rows))
        part.replace(whole)
    return whole


def run() -> list[Figure]:
    file = table()
    folder = Path(tempfile.mkdtemp(prefix="linli-bench-"))
    environment = {"LINLI_DATA": str(folder / "data")}
    linli = [sys.executable, "-m", "linli.config.cli", "areas"]
    try:
        measured([sys.executable, "-c", MAKE, str(folder / "data")], environment)
        first = measured([*linli, "import", str(file)], environment)
        again = measured([*linli, "import", str(file)], environment)
        counts = measured([*linli, "count"], environment).output.split()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    rows = sum(int(word) for word in counts[1::2])
    if rows != ROWS or " 0 added, 0 renamed" not in again.output:
        raise SystemExit(f"{rows} rows instead of {ROWS}\n{again.output}")
    return [
        Figure("import of the whole country, processor", first.cpu, "s", 60),
        Figure("import of the whole country, memory", first.memory, "MiB", 400),
        Figure("the same once more (0 changes), processor", again.cpu, "s", 60),
        Figure("the same once more, memory", again.memory, "MiB", 400),
    ]
