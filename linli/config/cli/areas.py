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
    from linli.areas.api import Area

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
    one = commands.add_parser("move", help="把小区移到接替的社区下 · put compounds under the community that followed")
    one.add_argument("compounds", metavar="COMPOUND", nargs="+", help="小区的名称或编号 · the compound's name or number")
    one.add_argument("--to", required=True, metavar="CODE", help="社区的代码 · the community's code")
    one = commands.add_parser("homes", help="导入一个小区的房屋表（Excel 或 CSV） · import a compound's homes")
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--compound", required=True, metavar="NAME", help="小区的名称或编号 · the compound's name or number")
    one.add_argument("--dry-run", action="store_true", help="只看结果，不写入 · show what would change, write nothing")


def run(args: argparse.Namespace) -> int:
    if args.areas_command in ("import", "homes") and not args.file.is_file():
        raise UserError(f"找不到文件 · no such file: {args.file}")
    setup.instance_django()
    return command(args)


def command(args: argparse.Namespace) -> int:
    verbs = {"import": bring_in, "show": describe, "count": count, "succeed": succeed, "move": move, "homes": homes}
    return verbs[args.areas_command](args)


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


def move(args: argparse.Namespace) -> int:
    from django.db import transaction

    from linli.areas import api
    from linli.common import clock

    community = api.find_code(args.to)
    if community is None:
        raise UserError(f"不认识这个代码：{args.to} · unknown code: {args.to}")
    with transaction.atomic():
        moved = [
            api.move_compound(compound=find_compound(one), community=community, by=None, now=clock.now()) for one in args.compounds
        ]
    for area in moved:
        show.say(f"{area.pk} {area.name} → {api.full_name(community)}")
    return 0


def homes(args: argparse.Namespace) -> int:
    from linli.areas import api
    from linli.common import clock

    compound = find_compound(args.compound)
    table = api.read_table(args.file)
    columns, rows = api.guess_columns(table.headers), list(table.rows)
    for number, header in enumerate(table.headers):
        meaning = next((key for key, at in columns.items() if at == number), "—")
        show.say(f"{header} → {meaning}")
    if args.dry_run:
        plan = api.plan_homes(compound=compound, rows=rows, columns=columns)
        for bad in plan.bad:
            show.say(f"第 {bad.line} 行 · line {bad.line}: {bad.reason}")
        show.say(f"{plan}（没有写入 · nothing was written）")
        return 1 if plan.bad else 0
    progress = show.Progress()
    plan = api.import_homes(compound=compound, rows=rows, columns=columns, by=None, now=clock.now())
    progress.end(str(plan))
    return 0


def find_compound(text: str) -> Area:
    """A compound by its number or, where only one is called so, by its name. Raises UserError."""
    from linli.areas.api import Area, Level, full_name

    compounds = Area.objects.filter(level=Level.COMPOUND, valid_to=None)
    found = list(compounds.filter(pk=int(text)) if text.isdecimal() else compounds.filter(name=text)[:20])
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(f"没有这个小区 · no such compound: {text}")
    names = "; ".join(f"{area.pk} {full_name(area)}" for area in found)
    raise UserError(f"有几个小区叫这个名字，请写编号 · several are called so, give the number: {names}")
