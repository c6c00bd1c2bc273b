"""The files that belong to the project, and how a finding is written."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ROOT / "linli"


@cache
def project_files() -> tuple[Path, ...]:
    """Tracked files and new ones that git would not ignore; without git, everything outside known folders."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            check=True,
            capture_output=True,
        ).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        return tuple(path for path in sorted(ROOT.rglob("*")) if path.is_file() and not _ignored(path))
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def _ignored(path: Path) -> bool:
    hidden = {".git", ".venv", "var", "__pycache__", "node_modules", ".cache"}
    return bool(hidden.intersection(path.relative_to(ROOT).parts)) or path.suffix in {".mo", ".pyc"}


def name(path: Path) -> str:
    """The path as people read it: from the root of the project, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


def ours(suffix: str, *, tests: bool = False) -> list[Path]:
    """Files of the product with this suffix; migrations and vendored files never, tests only when asked."""
    return [
        path
        for path in project_files()
        if path.suffix == suffix
        and path.is_relative_to(APPS)
        and not {"migrations", "vendor"}.intersection(path.parts)
        and (tests or not is_test(path))
    ]


def is_test(path: Path) -> bool:
    """Whether the file belongs to a test suite: in a `tests` folder below the root."""
    return "tests" in path.relative_to(ROOT).parts


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def app_of(path: Path) -> str:
    """The app that a file of the product belongs to, such as `people`."""
    return path.relative_to(APPS).parts[0]


def app_names() -> list[str]:
    """The folders of `linli` that are apps."""
    return sorted(
        {app_of(path) for path in project_files() if path.is_relative_to(APPS) and path.name == "apps.py"}
    )


def expect_none(findings: list[str]) -> None:
    """Fail with every finding on a line of its own."""
    if findings:
        raise AssertionError(f"{len(findings)} findings:\n" + "\n".join(findings))
