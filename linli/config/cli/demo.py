"""`linli demo`: the invented street, made on the first start and kept from then on."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

from linli.config import instance, prepare

from . import setup, show

HELP = "演示街道：虚构的居民和机构，谁都可以登录 · the demo street, with invented people"
GREETING = "demo.txt"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--serve", action="store_true", help="然后启动网站（端口取 $PORT） · then serve it on $PORT")
    parser.add_argument("--fresh", action="store_true", help="删掉原有演示数据重新生成 · delete the demo data and make it anew")


def run(args: argparse.Namespace) -> int:
    folder = instance.data_folder()
    there = instance.load(folder)
    if there is not None and not there.is_demo:
        raise instance.InstanceError(
            f"{folder} 是正式实例，不能放演示数据；另选文件夹，如 LINLI_DATA=demo-data linli demo · "
            "is a real instance and takes no demo data; choose another folder with LINLI_DATA"
        )
    if args.fresh and there is not None:
        clear(folder)
        there = None
    if there is None:
        instance.create(instance.Instance(kind="demo"), folder)
        show.say(f"演示实例 · demo instance: {folder}")
    if prepare.stale(folder) or not (folder / GREETING).exists():
        build(folder)
    greeting = (folder / GREETING).read_text(encoding="utf-8")
    if args.serve:
        os.environ["LINLI_GREETING"] = greeting
        command = [sys.executable, "-m", "linli.config.cli", "serve"]
        os.execv(sys.executable, command)  # noqa: S606 - no shell is wanted; nothing of Django stays loaded
    print(greeting)
    return 0


def clear(folder: Path) -> None:
    """Delete a demo instance's data, never another's."""
    if os.environ.get("LINLI_DATABASE"):
        raise instance.InstanceError(
            "演示数据在 PostgreSQL 里，请先自己清空那个数据库 · the demo lies in PostgreSQL: empty that database yourself first"
        )
    for name in ("linli.sqlite3", "linli.sqlite3-wal", "linli.sqlite3-shm", GREETING, prepare.STAMP, "wake", "instance.json"):
        (folder / name).unlink(missing_ok=True)
    for name in ("secrets", "checkpoints", "files", "log", "static"):
        shutil.rmtree(folder / name, ignore_errors=True)


def build(folder: Path) -> None:
    """Tables, static files, the street with its people, and the table of demo persons for the greeting.

    The street is one transaction: a start that is interrupted leaves none, and the next one makes it.
    """
    setup.django()
    progress = show.Progress()
    done = prepare.prepare(folder)
    progress.end("数据表和静态文件已就绪 · tables and static files ready: " + (", ".join(done) or "—"))
    try:
        from linli.demo import api
    except ImportError as error:
        if error.name not in ("linli.demo", "linli.demo.api") and "api" not in str(error):
            raise
        raise instance.InstanceError("演示世界还没有写好 · the demo world (linli.demo.api) is not there yet") from error
    if not api.personas():
        from django.db import transaction

        progress = show.Progress("演示街道 · the demo street")
        with transaction.atomic():
            api.build_world(progress=progress)
        progress.end("演示街道已建好 · the demo street is built")
    rows = [(person.name, person.role, person.place) for person in api.personas()]
    new = folder / (GREETING + ".new")
    new.write_text(show.table(("姓名 name", "身份 role", "地点 place"), rows), encoding="utf-8")
    new.replace(folder / GREETING)
