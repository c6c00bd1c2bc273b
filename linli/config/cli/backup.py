"""`linli backup`: one archive of everything; `--drill` proves that it can be restored."""

from __future__ import annotations

import argparse
import signal
from pathlib import Path

from linli.common.backup import BackupError
from linli.config import family, instance

from . import setup, show

HELP = "备份，或演练恢复 · back up everything, or drill a restore"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="写到这里，默认 backups/ · into this folder")
    parser.add_argument("--with-secrets", action="store_true", help="没有备份密钥时也放进密钥 · put the keys in even where nothing seals the archive")
    parser.add_argument("--drill", action="store_true", help="备份，然后在临时处恢复并核对 · back up, restore in a temporary place, compare")
    parser.add_argument("--archive", type=Path, metavar="FILE", help="演练这一份 · drill this archive instead of a new one")
    parser.add_argument("--new-key", action="store_true", help="先生成备份密钥 secrets/backup · make the key that seals archives first")
    parser.add_argument("--verify", type=Path, metavar="FILE", help="只核对这一份 · only prove this archive")
    parser.add_argument("--quiet", action="store_true", help="只说出错 · say only what went wrong")
    parser.add_argument("--parent", type=int, help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    if args.parent:
        family.end_with(args.parent)
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    setup.instance_django()
    from linli.common.backup import archive, sealing
    from linli.common.backup import run as backups

    say = (lambda *_: None) if args.quiet else show.say
    if args.new_key:
        make_key(instance.data_folder() / "secrets" / "backup", sealing.write_key)
    if args.verify:
        about = archive.verify(args.verify, backups.key())
        say(f"完整 · whole: {args.verify}（{about['made']}）")
        return 0
    path = args.archive
    if not path:
        path = take(args, say)
    return drill(path, say) if args.drill else 0


def make_key(path: Path, write) -> None:
    try:
        write(path)
    except FileExistsError as error:
        raise BackupError(f"已有密钥，不会覆盖 · there is a key already: {path}") from error
    show.say(f"备份密钥 · the key of backups: {path}")
    show.say("请抄一份另存别处：丢了它，加密的备份谁也打不开 · keep a copy elsewhere: without it nobody can open an archive")


def take(args: argparse.Namespace, say) -> Path:
    from linli.common import clock
    from linli.common.backup import run as backups

    taken = backups.back_up(clock.now(), to=args.to, with_secrets=args.with_secrets)
    say(f"{taken.path}")
    say(f"{size(taken.size)}，{taken.rows:,} 行 rows，{taken.files:,} 个文件 files，{taken.seconds:.1f} 秒 s，已读回核对 · read back and proved")
    if not taken.encrypted:
        say("没有加密：linli backup --new-key 生成密钥 · not sealed: `linli backup --new-key` makes a key")
    if not taken.with_secrets:
        say("没有放进密钥：secrets 文件夹请另存别处 · without the keys: keep a copy of the folder `secrets` elsewhere")
    return taken.path


def drill(path: Path, say) -> int:
    from linli.common import clock
    from linli.common.backup import run as backups

    done = backups.drill(path, clock.now())
    for line in done.wrong:
        show.say(line)
    if done.wrong:
        show.say(f"演练没通过 · the drill failed: {path}")
        return 1
    age = (clock.now() - done.made).total_seconds() / 60
    say(f"{done.tables} 张表 tables，{done.rows:,} 行 rows，{done.files:,} 个文件 files，审计链 the audit chain：都对上了 · all alike")
    say(f"RPO {age:.0f} 分钟：这份备份之后的会丢；每夜一份，最多丢 24 小时 · minutes since this backup are lost; nightly backups lose at most 24 hours")
    say(f"RTO {done.seconds:.1f} 秒：恢复并核对用时 · seconds to restore and to compare")
    return 0


def size(number: int) -> str:
    return f"{number / 1e9:.1f} GB" if number > 1e9 else f"{number / 1e6:.1f} MB"
