"""`linli prepare`: after new code, the tables and static files it asks for."""

import argparse

from linli.config import instance, prepare

from . import mixing, setup, show

HELP = "把数据表和静态文件更新到当前代码 · bring tables and static files up to the present code"


def add(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(args: argparse.Namespace) -> None:
    mixing.refuse_foreign_database(setup.instance_django())
    progress = show.Progress()
    done = prepare.prepare(instance.data_folder())
    progress.end("已更新 · brought up to date: " + ", ".join(done) if done else "无需更新 · nothing to do")
