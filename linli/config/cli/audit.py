"""`linli audit`: hold the audit log against its chain and its signed checkpoints."""

import argparse
from pathlib import Path

from linli.common.errors import UserError
from linli.config import instance

from . import setup, show

HELP = "核对审计记录，写检查点 · verify the audit log, write a checkpoint"


def add(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="audit_command", metavar="COMMAND", required=True)
    one = commands.add_parser("verify", help="核对整条链和所有检查点 · the whole chain and every checkpoint")
    one.add_argument("--checkpoints", type=Path, metavar="FOLDER", help="另存的检查点 · checkpoints that were kept elsewhere")
    one.add_argument("--key", metavar="HEX", help="当时记下的公钥 · the public key noted with them")
    one = commands.add_parser("checkpoint", help="现在签一个检查点 · sign a checkpoint now")
    one.add_argument("--to", type=Path, metavar="FOLDER", help="写到这里 · into this folder")


def run(args: argparse.Namespace) -> int:
    for folder in (getattr(args, "checkpoints", None), getattr(args, "to", None)):
        if folder is not None and not folder.is_dir():
            raise UserError(f"没有这个文件夹 · no such folder: {folder}")
    setup.instance_django()
    return verify(args) if args.audit_command == "verify" else checkpoint(args)


def verify(args: argparse.Namespace) -> int:
    from linli.common import audit_chain

    findings = audit_chain.verify(args.checkpoints, args.key)
    for finding in findings:
        show.say(finding.message)
    count = len(list((args.checkpoints or instance.data_folder() / "checkpoints").glob("*.json")))
    result = f"发现 {len(findings)} 处问题 · problems found" if findings else "审计记录完整 · the audit log is whole"
    show.say(f"{result}（检查点 {count} 个 · checkpoints）")
    return 1 if findings else 0


def checkpoint(args: argparse.Namespace) -> int:
    from linli.common import audit_chain, clock

    audit_chain.extend()
    path = audit_chain.write_checkpoint(clock.now(), args.to)
    show.say(str(path) if path else "还没有审计记录 · nothing is recorded yet")
    show.say(f"公钥 · public key: {audit_chain.public_key()}")
    return 0
