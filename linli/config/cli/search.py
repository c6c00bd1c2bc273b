"""`linli search`: the index of what can be found."""

from __future__ import annotations

import argparse

from . import setup, show

HELP = "搜索的索引 · the search index"


def add(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="search_command", metavar="COMMAND", required=True)
    commands.add_parser("rebuild", help="重新生成全部索引，可重复 · make all entries anew, repeatable")
    commands.add_parser("check", help="核对索引是否最新 · whether the entries are as they should be")


def run(args: argparse.Namespace) -> int:
    setup.instance_django()
    return rebuild() if args.search_command == "rebuild" else check()


def rebuild() -> int:
    from linli.search import api

    progress = show.Progress("索引 · index")
    result = api.rebuild(progress=lambda kind, done: progress(done, done))
    changes = sum(result.values())
    progress.end(f"索引已更新，改动 {changes} 条 · index rebuilt, {changes} entries changed")
    return 0


def check() -> int:
    from linli.search import api

    found = api.findings()
    for kind, count in found.items():
        show.say(f"{kind}: {count} 条不对，运行 linli search rebuild · entries are wrong, run `linli search rebuild`")
    if not found:
        show.say("索引是最新的 · the index is fresh")
    return 1 if found else 0
