"""What the suite needs from the machine: browser, Chinese fonts, PostgreSQL, nginx, Java, Node.

Missing Debian packages are installed where that is allowed (root, or sudo without a password); else it is
said what will be skipped and why. With CI=true something missing is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools import postgres


@dataclass(frozen=True)
class Need:
    """One thing, the Debian packages that bring it, and what cannot be tested without it."""

    name: str
    packages: tuple[str, ...]
    present: Callable[[], bool]
    skipped: str


def has_chromium() -> bool:
    return any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))


def has_chinese_fonts() -> bool:
    if shutil.which("fc-list"):
        done = subprocess.run(["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
        return bool(done.stdout.strip())
    return any(Path("/usr/share/fonts").rglob("*CJK*"))


def has_postgres() -> bool:
    try:
        postgres.binaries()
    except postgres.NoPostgres:
        return False
    return True


def program(*names: str) -> Callable[[], bool]:
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    return lambda: all(shutil.which(name, path=path) for name in names)


def file_there(*patterns: str) -> Callable[[], bool]:
    return lambda: all(any(Path("/usr/lib").glob(pattern)) for pattern in patterns)


FOR_FAULTS = (
    Need("C compiler", ("gcc", "libc6-dev"), program("cc"), "power loss (F2)"),
    Need("libfiu", ("libfiu0", "fiu-utils"), file_there("fiu/fiu_posix_preload.so"), "I/O errors (F3)"),
    Need("libfaketime", ("libfaketime",), file_there("*/faketime/libfaketimeMT.so.1"), "clock jumps (F5)"),
)
NEEDS = (
    *FOR_FAULTS,
    Need("Chromium", ("chromium",), has_chromium, "journeys in the browser"),
    Need("Chinese fonts", ("fonts-noto-cjk",), has_chinese_fonts, "pictures and text widths in the browser"),
    Need("PostgreSQL", ("postgresql",), has_postgres, "everything on PostgreSQL"),
    Need("nginx", ("nginx",), program("nginx"), "the reverse proxy"),
    Need("Java", ("default-jre-headless",), program("java"), "the HTML check (vnu)"),
    Need("Node", ("nodejs", "npm"), program("node", "npm"), "the accessibility check (axe-core)"),
)


def may_install() -> list[str] | None:
    """The prefix with which apt-get may be run here, None where it may not."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n"]
    return None


def install(missing: list[Need], prefix: list[str]) -> None:
    """apt-get update and install; what then is still missing the caller sees by looking again."""
    # Node from elsewhere brings npm with it, and Debian's npm would fight with it: only what is absent.
    packages = [
        name for need in missing for name in need.packages if name not in ("nodejs", "npm") or not shutil.which(name.replace("nodejs", "node"))
    ]
    print(f"  安装系统软件包 · installing Debian packages: {' '.join(packages)}", flush=True)
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "check": False}
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    subprocess.run([*prefix, *environment, "apt-get", "update", "-qq"], **quiet)
    command = [*prefix, *environment, "apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    if subprocess.run([*command, *packages], **quiet).returncode and len(packages) > 1:
        for name in packages:  # one that this Debian lacks must not keep the others away
            subprocess.run([*command, name], **quiet)


def ensure(needs: tuple[Need, ...] = NEEDS) -> int:
    """Make sure of the needs; 0 when they are met or may be skipped, 1 where CI=true forbids that."""
    missing = [need for need in needs if not need.present()]
    if missing and (prefix := may_install()) is not None:
        install(missing, prefix)
        missing = [need for need in needs if not need.present()]
    for need in missing:
        print(f"  没有 {need.name}，将跳过 · missing, skipped: {need.skipped} (apt-get install {' '.join(need.packages)})")
    if missing and os.environ.get("CI") == "true":
        print("  CI=true：不许跳过 · nothing may be skipped", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(ensure())
