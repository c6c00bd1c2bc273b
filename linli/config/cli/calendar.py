"""`linli calendar`: the yearly tables of days off and make-up days."""

import argparse
from pathlib import Path

from linli.common.errors import UserError

from . import setup, show

HELP = "放假和调休表 · tables of days off and make-up days"


def add(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="calendar_command", metavar="COMMAND", required=True)
    one = commands.add_parser("load", help="导入一年的表（date,kind,reason），可重复 · load a year's table, repeatable")
    one.add_argument("file", type=Path, metavar="FILE")
    commands.add_parser("show", help="已有哪些年份 · which years there are")


def run(args: argparse.Namespace) -> int:
    if args.calendar_command == "load" and not args.file.is_file():
        raise UserError(f"找不到文件 · no such file: {args.file}")
    setup.instance_django()
    return load(args.file) if args.calendar_command == "load" else years()


def load(file: Path) -> int:
    from linli.calendar import api
    from linli.common import clock

    table = api.read(file.read_bytes())
    done = api.load_table(table=table, source=file.name, by=None, now=clock.now())
    what = "已导入 · loaded" if done.changed else "与已有的相同 · the same as before"
    show.say(f"{done.year} 年 {done.days} 天，{what}；{done.moved} 个期限的到期日变了 · due dates moved: {done.moved}")
    return 0


def years() -> int:
    from linli.calendar import api
    from linli.common.clock import local_date

    rows = [(t.year, t.days, t.source, local_date(t.loaded_at) if t.loaded_at else "—") for t in api.tables()]
    print(show.table(("年 year", "天 days", "来源 source", "导入 loaded"), rows))
    return 0
