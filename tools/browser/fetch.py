"""What no Python package brings: axe-core, the Nu HTML checker, and an SMSC to try the SMPP adapter against.

They come from the npm registry that this machine is set up for, by exact version, and are kept in
tests/.cache once their SHA-256 is right. Nothing else of npm is used.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / "tests" / ".cache"


class Missing(Exception):
    """A program or file that a check needs is not on this machine; the message says what would help."""


class Package(NamedTuple):
    """A file inside a package: exact version, SHA-256 of the whole archive."""

    name: str
    version: str
    sha256: str
    member: str


AXE = Package(
    "axe-core",
    "4.14.1",
    "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745",
    "package/axe.min.js",
)
VNU = Package(
    "vnu-jar",
    "26.9.27",
    "5970d3ffca91a627cf0965e5d91bb2e4242307c29292998de0b419d6a901b2b7",
    "package/build/dist/vnu.jar",
)


SMSC = (
    Package("smpp", "0.5.1", "3a88a8349e5aee7dedb0f22a850dbd6b828e56e9e104c76b2620510f991cdeb5", ""),
    Package("iconv-lite", "0.6.3", "7127ec148f994f031eff658a50dc0629f6010775a8202213b0526ec5e30fc8f4", ""),
    Package("safer-buffer", "2.1.2", "78812f65ae3b98071ce1c9bacbe0666f4220d0b2753c2a11530eb27df440a3b3", ""),
)


def modules_of(packages: tuple[Package, ...]) -> Path:
    """A folder that node takes as NODE_PATH, with the whole packages in it; raises as `file_of`."""
    folder = CACHE / "node_modules"
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock, tempfile.TemporaryDirectory(dir=CACHE) as scratch:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder.mkdir(exist_ok=True)
        for package in packages:
            kept = folder / package.name
            if not (kept / f".{package.version}").exists():
                with tarfile.open(_archive(package, scratch)) as archive:
                    archive.extractall(scratch, filter="data")
                (Path(scratch) / "package" / f".{package.version}").touch()
                shutil.rmtree(kept, ignore_errors=True)
                (Path(scratch) / "package").rename(kept)
    return folder


def file_of(package: Package) -> Path:
    """The package's file in the cache, fetched when it is not there yet.

    Raises Missing without npm or network, ValueError where the archive is not the expected one.
    """
    kept = CACHE / f"{package.name}-{package.version}{Path(package.member).suffix}"
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            _fetch(package, kept)
    return kept


def _fetch(package: Package, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, tarfile.open(_archive(package, folder)) as archive:
        member = archive.extractfile(package.member)
        assert member is not None
        new = target.with_suffix(".new")
        new.write_bytes(member.read())
        new.replace(target)


def _archive(package: Package, folder: str) -> Path:
    """The archive as npm brings it, its SHA-256 checked."""
    if shutil.which("npm") is None:
        raise Missing(f"npm is not installed; it fetches {package.name} {package.version}")
    done = subprocess.run(
        ["npm", "pack", "--silent", f"{package.name}@{package.version}", "--pack-destination", folder],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    archives = list(Path(folder).glob(f"{package.name}*.tgz"))
    if done.returncode or not archives:
        raise Missing(f"npm could not fetch {package.name} {package.version}: {done.stderr.strip()[-200:]}")
    found = hashlib.sha256(archives[0].read_bytes()).hexdigest()
    if found != package.sha256:
        raise ValueError(f"{package.name} {package.version} has SHA-256 {found}, expected {package.sha256}")
    return archives[0]
