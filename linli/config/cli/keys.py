"""`linli keys`: new keys for the sealed columns."""

import argparse

from . import setup, show

HELP = "更换加密密钥 · rotate the keys of sealed columns"


def add(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="keys_command", metavar="COMMAND", required=True)
    one = commands.add_parser("rotate", help="生成新密钥并重写所有密文，可中断、可重复 · safe to interrupt and to repeat")
    one.add_argument("--drop-old", action="store_true", help="然后销毁旧密钥：以前的备份将无法读取 · old backups become unreadable")


def run(args: argparse.Namespace) -> None:
    setup.instance_django()
    from linli.common import rotate

    progress = show.Progress("重写密文 · rewriting")
    rows = rotate.rotate_keys(drop_old=args.drop_old, progress=progress)
    progress.end(f"已换新密钥，重写 {rows} 行 · new keys, rows rewritten")
