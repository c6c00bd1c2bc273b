"""`linli work`: the process for tasks and periodic jobs; `linli serve` starts it."""

import argparse

from linli.config import family, work

from . import setup

HELP = "后台任务和定时任务（由 serve 启动） · tasks and periodic jobs (serve starts it)"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--parent", type=int, help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> None:
    if args.parent:
        family.end_with(args.parent)
    setup.instance_django()
    work.run()
