"""`linli directory`: the directory of phones from a file and into one, and the plan of a street."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from linli.common.errors import UserError

from . import setup, show

if TYPE_CHECKING:
    from linli.areas.api import Area

HELP = "电话簿：导入、导出、街道图 · the directory of phones: import, export, the plan of a street"


def add(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="directory_command", metavar="COMMAND", required=True)
    one = commands.add_parser("import", help="导入 Excel、CSV 或 HSDS 3.0 JSON · import Excel, CSV or HSDS 3.0 JSON")
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--dry-run", action="store_true", help="只看结果，不写入 · show what would change, write nothing")
    one.add_argument("--place", metavar="SLUG", required=True, help="站点的网址（linli sites list） · the site's address")
    one = commands.add_parser("export", help="导出，按扩展名 .xlsx 或 .json · export as .xlsx or HSDS 3.0 .json")
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--place", metavar="SLUG", required=True, help="站点的网址 · the site's address")
    one = commands.add_parser("plan", help="街道图的线，GeoJSON · the lines of a street's plan, as GeoJSON")
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--place", metavar="SLUG", required=True, help="站点的网址 · the site's address")


def run(args: argparse.Namespace) -> int:
    if args.directory_command != "export" and not args.file.is_file():
        raise UserError(f"找不到文件 · no such file: {args.file}")
    setup.instance_django()
    return {"import": bring_in, "export": give_out, "plan": plan}[args.directory_command](args)


def bring_in(args: argparse.Namespace) -> int:
    from linli.areas.api import Area, Level
    from linli.common import clock
    from linli.portal.api import import_entries, plan_import, read_file

    place = _place(args.place)
    with args.file.open("rb") as source:
        content = read_file(source, args.file.name)
    places = list(Area.objects.under(place).filter(level__lte=Level.COMPOUND, valid_to=None))
    found = plan_import(content, places=places, otherwise=place.pk)
    for bad in found.bad:
        show.say(f"第 {bad.line} 行 · line {bad.line}: {bad.name} {bad.reason}")
    words = f"新增 {len(found.new)}，更新 {len(found.changed)}，未变 {found.same} · added, updated, unchanged"
    if found.bad or args.dry_run:
        show.say(f"{words}（没有写入 · nothing was written）")
        return 1 if found.bad else 0
    import_entries(new=found.new, changed=found.changed, by=None, now=clock.now())
    show.say(words)
    return 0


def give_out(args: argparse.Namespace) -> int:
    from linli.portal.api import below, hsds_of, xlsx_of

    place = _place(args.place)
    rows = list(below(place))
    if args.file.suffix == ".json":
        args.file.write_text(json.dumps(hsds_of(rows, place), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    elif args.file.suffix == ".xlsx":
        args.file.write_bytes(b"".join(xlsx_of(rows)))
    else:
        raise UserError("扩展名用 .xlsx 或 .json · the name ends in .xlsx or .json")
    show.say(f"{len(rows)} 条 entries → {args.file}")
    return 0


def plan(args: argparse.Namespace) -> int:
    from linli.portal.api import read_geojson, set_plan

    try:
        lines = read_geojson(json.loads(args.file.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise UserError(
            "要 GeoJSON 的 LineString 或 Polygon，属性 kind 是 road、lane、water、green 或 rail · "
            f"GeoJSON lines and polygons whose kind is one of these are wanted: {error}"
        ) from error
    set_plan(place=_place(args.place), lines=lines)
    sys.stdout.write(f"{len(lines)} 条线 · lines\n")
    return 0


def _place(slug: str) -> Area:
    from linli.common import clock
    from linli.sites.api import find_site

    site = find_site(slug, clock.local_date(clock.now()))
    if site is None:
        raise UserError(f"没有这个站点 · no such site: {slug}")
    return site.place
