"""The console command `linli`: one file a command, each with HELP, `add(parser)` and `run(args)`.

What a person got wrong is one line on stderr and exit code 2, never a traceback. Django is set up only by the
commands that need it (`setup`), so that `linli serve` and a second `linli demo` start at once.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys

from linli.common.backup import BackupError
from linli.common.errors import UserError
from linli.config.instance import InstanceError
from linli.config.serve import ServeError

COMMANDS = (
    "init", "demo", "serve", "work", "prepare", "areas", "people", "audit", "keys", "search", "sites", "directory", "calendar", "deadline", "docs",
    "doctor", "backup", "restore", "update", "forum",
)  # fmt: skip


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="linli", description="邻里：街道、社区、小区的共同平台 · one platform for a street")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS:
        module = importlib.import_module(f"linli.config.cli.{name}")
        one = commands.add_parser(name, help=module.HELP, description=module.HELP)
        module.add(one)
        one.set_defaults(run=module.run)
    return whole


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 1 found something wrong, 2 cannot be done as asked."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    args = parser().parse_args(arguments)
    os.umask(0o077)  # what an instance writes is its owner's alone
    try:
        return args.run(args) or 0
    except (UserError, InstanceError, ServeError, BackupError) as error:
        print(f"linli: {in_both(error)}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130


def in_both(error: Exception) -> str:
    """The message in Chinese and, where it has a translation, in English."""
    if not isinstance(error, UserError) or isinstance(error.message, str):
        return str(error)
    from django.utils import translation

    texts = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            texts.append(str(error))
    return " · ".join(dict.fromkeys(texts))
