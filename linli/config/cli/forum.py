"""`linli forum`: look after the forum."""

from __future__ import annotations

import argparse

from . import setup, show

HELP = "论坛：核对计数，恢复备份后再依法删一次 · the forum: check its counters, erase again after a restore"


def add(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="forum_command", metavar="COMMAND", required=True)
    one = commands.add_parser(
        "repair",
        help="核对并改正计数，每夜自动做一次 · compare and mend the counters; done by itself every night",
    )
    one.add_argument("--dry-run", action="store_true", help="只看，不改 · only look, change nothing")
    commands.add_parser(
        "erase-again",
        help="依法删除过、又从旧备份里回来的，照登记簿再删一次 · what was erased by law and came back with an old backup, by the book",
    )


def run(args: argparse.Namespace) -> int:
    setup.instance_django()
    return {"repair": repair, "erase-again": erase_again}[args.forum_command](args)


def erase_again(args: argparse.Namespace) -> int:
    """Exit code 0: afterwards nothing of the book is there any more."""
    from linli.common import clock
    from linli.forum.api import erase_all_again

    done = erase_all_again(now=clock.now())
    show.say(f"再删了 {done} 条 · erased again" if done else "没有要再删的 · nothing to erase again")
    return 0


def repair(args: argparse.Namespace) -> int:
    """Exit code 1 where something had drifted."""
    from linli.common import clock
    from linli.forum.api import repair_counters

    drift = repair_counters(now=clock.now(), mend=not args.dry_run)
    for name, number in sorted(drift.found.items()):
        show.say(f"{name}\t{number}")
    if not drift.found:
        show.say(f"{drift.topics} 个话题，计数都对 · topics, all counters agree")
        return 0
    show.say("改好了 · mended" if drift.mended else "没有改 · nothing was changed")
    return 1
