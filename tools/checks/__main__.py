"""Print every finding: `python -m tools.checks`. Exit status 1 where there is one."""

from __future__ import annotations

import os

import django


def main() -> int:
    """Run all checks that need no browser and no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings_testing")
    django.setup()
    from . import addresses, chinese, code, layers, reference, routes, sizes, templates, words

    checks = [
        addresses.found,
        addresses.locks,
        chinese.in_python,
        chinese.in_templates,
        code.raw_sql,
        code.safe_marks,
        code.signals_and_admin,
        code.time_readers,
        layers.upward_keys,
        layers.wrong_labels,
        reference.missing,
        reference.unnamed_routes,
        routes.unguarded,
        sizes.too_long,
        templates.forbidden,
        words.bad_entries,
        words.untranslated,
    ]
    findings = [f"{check.__module__.rsplit('.', 1)[1]}: {finding}" for check in checks for finding in check()]
    print("\n".join(findings) or "no findings")
    print("worth a look:", *sizes.getting_long(), sep="\n  ")
    return 1 if findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
