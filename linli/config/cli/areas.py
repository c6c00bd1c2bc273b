"""`linli areas`: the tree of places, from the official table of divisions and the offices' own lists of homes."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from linli.common.errors import UserError

from . import setup, show

if TYPE_CHECKING:
    pass

HELP = "区划、小区和房屋 · places: divisions, compounds, homes"


def day(text: str) -> date:
    """A date written 2026-01-31."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"日期写作 2026-01-31 · a date looks like 2026-01-31: {text}") from error


def add(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="areas_command", metavar="COMMAND", required=True)
    one = commands.add_parser("import", help="导入区划表（code,name,parent），可重复 · import a table of divisions, repeatable")
    one.add_argument("file", type=Path, metavar="FILE")
    one = commands.add_parser("show", help="一个代码的名称、级别、上级、有效期、后继 · what a code is")
    one.add_argument("code", metavar="CODE")
    commands.add_parser("count", help="各级数目 · how many of each level")
    one = commands.add_parser("succeed", help="代码变更：旧代码由新代码接替 · a code has successors")
    one.add_argument("old", metavar="OLD")
    one.add_argument("new", metavar="NEW", nargs="+")
    one.add_argument("--on", type=day, required=True, metavar="DATE", help="生效日 · from this day on")
    one = commands.add_parser("homes", help="导入一个小区的房屋表（Excel 或 CSV） · import a compound's homes")
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--compound", required=True, metavar="NAME", help="小区的名称或编号 · the compound's name or number")
    one.add_argument("--dry-run", action="store_true", help="只看结果，不写入 · show what would change, write nothing")


def run(args: argparse.Namespace) -> int:
    if args.areas_command in ("import", "homes") and not args.file.is_file():
        raise UserError(f"找不到文件 · no such file: {args.file}")
    setup.instance_django()
    try:
        return command(args)
    except UserError as error:
        raise UserError(in_both(error)) from error


def in_both(error: UserError) -> str:
    """What is wrong, in Chinese and in English; messages for web pages come in one language at a time."""
    from django.utils import translation

    said = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said.append(str(error))
    return " · ".join(dict.fromkeys(said))


def command(args: argparse.Namespace) -> int:
    return {"import": bring_in, "show": describe, "count": count, "succeed": succeed, "homes": homes}[args.areas_command](args)


def bring_in(args: argparse.Namespace) -> int:
    from linli.common import clock
    from linli.people import api

    progress = show.Progress("区划 · divisions")
    result = api.import_divisions(args.file, now=clock.now(), progress=progress)
    progress.end(str(result))
    return 0


def describe(args: argparse.Namespace) -> int:
    from linli.areas import api

    print(api.describe(args.code))
    return 0


def count(args: argparse.Namespace) -> int:
    from linli.areas import api

    for level, number in api.count_levels().items():
        sys.stdout.write(f"{level}\t{number}\n")
    return 0


def succeed(args: argparse.Namespace) -> int:
    from linli.areas import api

    api.succeed_codes(args.old, args.new, on=args.on)
    show.say(f"{args.old} → {', '.join(args.new)} ({args.on})")
    return 0


def homes(args: argparse.Namespace) -> int:
    from linli.areas import api
    from linli.common import clock

    progress = show.Progress("房屋 · homes")
    compound = api.Area.objects.filter(pk=args.compound, level=api.Level.COMPOUND, valid_to=None).first()
    if compound is None:
        raise UserError(f"没有这个小区：{args.compound} · no such compound")
    table = api.read_table(args.file)
    columns = api.guess_columns(table.headers)
    plan = api.import_homes(compound=compound, rows=list(table.rows), columns=columns, by=None, now=clock.now())
    progress.end(f"{compound.name}: {plan}")
    return 0
