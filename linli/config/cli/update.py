"""`linli update`: backup, new code and packages, tables, check, reload; back to where it was if a step fails."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from pathlib import Path

from linli.common.errors import UserError
from linli.config import instance

from . import setup

HELP = "更新到新版本，不成就退回 · update to a new version, back again if it fails"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="release", type=Path, metavar="FOLDER", help="解开的新版本，默认用 git · an unpacked release instead of git")
    parser.add_argument("--to", metavar="REF", default="", help="git 的标签或提交，默认当前分支最新 · a tag or commit, by default the branch's newest")
    parser.add_argument("--undo", action="store_true", help="退回一次被打断的更新 · undo an update that was cut off")
    parser.add_argument("--check", action="store_true", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    setup.current()
    if args.check:
        return check()
    folder = instance.data_folder() / "run"
    folder.mkdir(mode=0o700, exist_ok=True)
    path, script = folder / "update.json", folder / "update.py"
    if args.undo:
        if not path.exists():
            raise UserError("没有中断的更新 · no update was cut off")
        return start(script, path, "--undo")
    refuse(args, path)
    venv = instance.SOURCE / ".venv" / "bin" / "python"
    plan = {
        "root": str(instance.SOURCE), "data": str(instance.data_folder()), "python": str(venv if venv.exists() else sys.executable),
        "from": str(args.release.resolve()) if args.release else "", "ref": args.to,
    }  # fmt: skip
    if settle := os.environ.get("LINLI_SETTLE"):
        plan["settle"] = float(settle)
    path.write_text(json.dumps(plan, indent=1), encoding="utf-8")
    shutil.copyfile(instance.SOURCE / "linli" / "config" / "update.py", script)
    return start(script, path)


def refuse(args: argparse.Namespace, path: Path) -> None:
    """Raises UserError where the update cannot even begin."""
    if path.exists() and not json.loads(path.read_text(encoding="utf-8")).get("ended"):
        raise UserError("上次更新被打断了，先运行 linli update --undo · an update was cut off, run `linli update --undo` first")
    if args.release:
        missing = [name for name in ("bootstrap.py", "pyproject.toml", "linli") if not (args.release / name).exists()]
        if missing:
            raise UserError(f"这不是一个版本的文件夹，缺 · this is no release, it lacks: {', '.join(missing)}")
    elif not (instance.SOURCE / ".git").exists():
        raise UserError("代码不是 git 取来的，请用 --from 给出解开的新版本 · not a git clone: name an unpacked release with --from")


def start(script: Path, path: Path, *more: str) -> int:
    """The interpreter below the environment, so that the environment can be replaced."""
    below = getattr(sys, "_base_executable", sys.executable) or sys.executable
    sys.stdout.flush()
    os.execv(below, [below, str(script), str(path), *more])  # noqa: S606


def check() -> int:
    """For the update itself: a JSON list of what is wrong now, on the last line."""
    setup.django()
    from django.test import Client

    from linli.common import clock, doctor

    lines = doctor.examine(clock.now(), page=True)
    # The worker waits while an update is at work; of backups the update makes one.
    wrong = [line.key for line in lines if line.level == doctor.Level.WRONG and not line.key.startswith(("worker", "backup", "outbox", "gateway"))]
    answer = Client(raise_request_exception=False).get("/", headers={"host": instance.load().hosts[0] if instance.load() else ""})
    if answer.status_code >= 500:
        wrong.append(f"home-page-{answer.status_code}")
    print(json.dumps(wrong))
    return 0
