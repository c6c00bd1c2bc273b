"""No tracked file names a package registry or a path of somebody's machine.

Which addresses those are is asked of this machine's tools at test time, so that they are not written here either.
"""

from __future__ import annotations

import configparser
import json
import os
import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from . import tree

# Put together from parts, so that this file passes its own check.
KNOWN = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "npmmirror", "com"),
        ("pypi", "tuna", "tsinghua", "edu", "cn"),
        ("mirrors", "aliyun", "com"),
    )
]
LOOPBACK = {"localhost", "127.0.0.1", "::1", "0.0.0.0"}  # noqa: S104
SHARED_FOLDERS = {
    "tmp",
    "usr",
    "var",
    "opt",
    "srv",
    "mnt",
    "media",
    "home",
    "root",
    "builds",
    "data",
    "app",
    "Users",
}
LOCKS = ("uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock", "package-lock.json")


def _pip_values() -> list[str]:
    values = [value for key, value in os.environ.items() if re.match(r"(PIP|UV)_.*(INDEX|LINKS|HOST)", key)]
    files = [
        os.environ.get("PIP_CONFIG_FILE", ""),
        "/etc/pip.conf",
        "~/.pip/pip.conf",
        "~/.config/pip/pip.conf",
    ]
    for file in filter(None, files):
        parser = configparser.RawConfigParser(strict=False)
        try:
            parser.read(Path(file).expanduser())
        except (configparser.Error, OSError):
            continue
        values += [
            value for section in parser.sections() for key, value in parser.items(section) if "ind" in key
        ]
    for file in ("~/.config/uv/uv.toml", "/etc/uv/uv.toml"):
        path = Path(file).expanduser()
        values += re.findall(r'"([a-z+]+://[^"]+)"', path.read_text()) if path.exists() else []
    return values


def _npm_values() -> list[str]:
    try:
        done = subprocess.run(
            ["npm", "config", "list", "--json"], capture_output=True, timeout=60, check=True
        )
        settings = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return []
    return [str(value) for key, value in settings.items() if key.endswith("registry")]


def registry_hosts() -> list[str]:
    """Hosts that this machine's pip, uv and npm fetch from, and the well-known ones."""
    hosts = set(KNOWN)
    for value in _pip_values() + _npm_values():
        for word in value.split():
            parts = urlsplit(word)
            if parts.hostname and parts.hostname not in LOOPBACK:
                hosts.add(parts.hostname)
            elif parts.hostname and parts.port:
                hosts.add(f"{parts.hostname}:{parts.port}")
            elif parts.scheme == "file" and len(parts.path) > 1:
                hosts.add(parts.path.rstrip("/"))
    return sorted(hosts)


def machine_paths() -> list[re.Pattern[str]]:
    """This clone, its workplace, the home of whoever runs the check, and homes in general."""
    roots = {str(tree.ROOT), str(Path.home())}
    top = Path("/", *tree.ROOT.parts[1:2])
    if top != Path("/") and top.name not in SHARED_FOLDERS and os.access(top, os.R_OK):
        roots |= {str(folder) for folder in top.iterdir() if folder.is_dir()}
    literal = [re.escape(root) + r"/" for root in roots if len(root) > 1]
    general = ["/" + folder + r"/[a-z][\w.-]*/" for folder in ("home", "Users")]
    return [re.compile(r"(?<![\w./~}-])" + pattern) for pattern in literal + general]


def found() -> list[str]:
    """Tracked text files with a registry address or a machine path in them."""
    hosts = registry_hosts()
    paths = machine_paths()
    findings = []
    for path in tree.project_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            where = f"{tree.name(path)}:{number}"
            findings += [f"{where}: address of a registry: {host}" for host in hosts if host in line]
            findings += [
                f"{where}: path of a machine: {line.strip()[:80]}" for it in paths if it.search(line)
            ]
    return findings


def locks() -> list[str]:
    """Lock files that record registry hosts."""
    return [
        tree.name(path)
        for path in tree.project_files()
        if path.name in LOCKS or path.name.startswith("pylock.")
    ]
