"""The docs name what the code offers: settings, environment, commands, events, apps."""

from __future__ import annotations

import ast
import dataclasses
import re

from . import routes, tree

REFERENCE = tree.ROOT / "docs" / "reference"


def _page(name: str) -> str:
    path = REFERENCE / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def settings() -> set[str]:
    """Settings of our own, keys of instance.json, and environment variables that the product reads."""
    from linli.config.instance import Instance

    names = {field.name for field in dataclasses.fields(Instance)}
    for path in tree.ours(".py"):
        text = path.read_text(encoding="utf-8")
        names |= set(re.findall(r"environ(?:\.get\(|\[|\.setdefault\()\s*[\"']([A-Z][A-Z_]+)[\"']", text))
        if "settings" in path.parts:
            targets = [node.targets for node in tree.parsed(path).body if isinstance(node, ast.Assign)]
            names |= {
                it.id
                for group in targets
                for it in group
                if isinstance(it, ast.Name) and it.id.startswith("LINLI_")
            }
    return names - {"DJANGO_SETTINGS_MODULE"}


def commands() -> set[str]:
    """The words after `linli` that the console command understands, such as `areas import`."""
    from linli.config.cli import parser
    from tools.reference import _walk

    return {
        " ".join(re.split(r" (?=[\[A-Z-])", usage)[0].split()[1:]) for usage, _ in _walk(parser(), "linli")
    }


def events() -> set[str]:
    """The event classes of `linli/events`: every frozen dataclass that is public."""
    names = set()
    for path in tree.ours(".py"):
        if path.parent == tree.APPS / "events":
            for node in tree.parsed(path).body:
                if isinstance(node, ast.ClassDef) and node.decorator_list and not node.name.startswith("_"):
                    names.add(node.name)
    return names


def missing() -> list[str]:
    """Things that exist and that their reference page does not name."""
    pages = {
        "settings.md": settings(),
        "commands.md": commands(),
        "events.md": events(),
        "apps.md": set(tree.app_names()),
    }
    findings = []
    for page, names in pages.items():
        text = _page(page)
        findings += [
            f"docs/reference/{page} does not name {name}" for name in sorted(names) if not _names(text, name)
        ]
    return findings


def _names(text: str, name: str) -> bool:
    return bool(re.search(rf"`[^`\n]*\b{re.escape(name)}\b[^`\n]*`", text))


def unnamed_routes() -> list[str]:
    """Own routes without a name: nothing could link to them without writing their address."""
    return [f"{route.pattern} has no name" for route in routes.every_route() if route.own and not route.name]
