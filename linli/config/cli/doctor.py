"""`linli doctor`: what is wrong and what to do, in Chinese and English."""

from __future__ import annotations

import argparse

from . import setup, show

HELP = "查一遍这个实例：哪里不对，该怎么办 · look the instance over: what is wrong and what to do"
MARKS = ("✓", "!", "✗")


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="不通读数据库文件 · without reading through the database file")
    parser.add_argument("--wrong", action="store_true", help="只说不对的 · only what is not well")


def run(args: argparse.Namespace) -> int:
    setup.instance_django()
    from linli.common import clock, doctor

    lines = doctor.examine(clock.now(), page=args.quick)
    for line in lines:
        if args.wrong and line.level == doctor.Level.WELL:
            continue
        show.say(f"{MARKS[line.level]} {both(line.name)}：{both(line.what)}")
        if line.todo:
            show.say(f"    → {both(line.todo)}")
    number = sum(line.level == doctor.Level.WRONG for line in lines)
    show.say(f"{number} 处要马上处理 · to be put right now" if number else "没有要马上处理的 · nothing needs to be put right now")
    return 1 if number else 0


def both(text: object) -> str:
    """In Chinese and, where it differs, in English."""
    from django.utils import translation

    said = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said.append(str(text))
    return " · ".join(dict.fromkeys(said))
