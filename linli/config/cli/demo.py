"""`linli demo`: the invented street, made on the first start and kept from then on."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import sys
from pathlib import Path

from linli.config import instance, prepare

from . import mixing, setup, show

HELP = "演示街道：虚构的居民和机构，谁都可以登录 · the demo street, with invented people"
GREETING = "demo.json"


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
        instance.create(instance.Instance(kind="demo", name="柳渡街道", hotline="555 0100"), folder)
        show.say(f"演示实例 · demo instance: {folder}")
    greeting = None if prepare.stale(folder) else kept(folder)
    greeting = greeting or build(folder)
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


def kept(folder: Path) -> str | None:
    """The greeting of the last start, None where the demo's code has changed since."""
    with contextlib.suppress(OSError, ValueError):
        saved = json.loads((folder / GREETING).read_text(encoding="utf-8"))
        if saved["code"] == code():
            return str(saved["text"])
    return None


def code() -> str:
    """A hash over the demo's sources."""
    return prepare.digest(path for path in (instance.SOURCE / "linli" / "demo").rglob("*") if path.suffix in (".py", ".mo"))


def build(folder: Path) -> str:
    """Tables, static files, and the street with its people; returns the table of demo persons.

    The street is one transaction: a start that is interrupted leaves none, and the next one makes it.
    """
    mixing.refuse_foreign_database(setup.instance_django())
    progress = show.Progress()
    done = prepare.prepare(folder)
    progress.end("数据表和静态文件已就绪 · tables and static files ready: " + (", ".join(done) or "—"))
    from linli.common import clock
    from linli.demo import api

    progress = show.Progress("演示街道 · the demo street")
    if api.build_world(now=clock.now(), progress=progress):
        progress.end("演示街道已建好 · the demo street is built")
    text = persons()
    new = folder / (GREETING + ".new")
    new.write_text(json.dumps({"code": code(), "text": text}, ensure_ascii=False), encoding="utf-8")
    new.replace(folder / GREETING)
    return text


def persons() -> str:
    """The table of persons one can be, their roles in both languages."""
    from django.utils import translation

    from linli.demo import api

    rows = []
    for person in api.personas():
        roles = []
        for language in ("zh-hans", "en"):
            with translation.override(language):
                roles.append(str(person.role))
        rows.append((person.name, roles[0], roles[1] if roles[1] != roles[0] else "", person.place))
    return show.table(("姓名 name", "身份", "role", "地点 place"), rows)
