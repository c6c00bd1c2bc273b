"""`linli restore`: an archive into an empty LINLI_DATA."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from linli.common import erased
from linli.common.backup import BackupError
from linli.config import instance

from . import show

HELP = "把一份备份恢复到空的 LINLI_DATA · restore an archive into an empty LINLI_DATA"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("archive", type=Path, metavar="ARCHIVE", help="备份文件 · the archive")
    parser.add_argument("--key", type=Path, metavar="FILE", help="备份的密钥文件，或用 LINLI_BACKUP_KEY · the archive's key file")
    parser.add_argument("--secrets", type=Path, metavar="FOLDER", help="另存的 secrets 文件夹 · the keys, where the archive has none")
    parser.add_argument("--in-place", action="store_true", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    from linli.common.backup import pg, restoring, sealing

    if args.in_place:
        return put_back(args.archive)

    started = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    named = args.key or os.environ.get("LINLI_BACKUP_KEY")
    key = sealing.read_key(Path(named)) if named else None
    url = os.environ.get("LINLI_DATABASE", "")
    folder = instance.data_folder()
    done = restoring.restore(args.archive, folder, key=key, postgres=pg.of_url(url) if url else None, secrets=args.secrets)
    show.say(f"已恢复 · restored: {folder}（{done.about['made']}，{done.seconds:.1f} s）")
    erased.carry(args.archive.parent, folder)
    if _linli("prepare"):
        raise BackupError("数据已恢复，但表没能更新，原因见上 · the data is restored, but its tables could not be brought up to date")
    if _linli("forum", "erase-again"):
        raise BackupError("数据已恢复，但依法删除的没能再删一次，原因见上 · the data is restored, but what was erased by law is back; see above")
    show.say(f"RTO {time.monotonic() - started:.1f} 秒 · seconds; 接着 · next: linli doctor, linli serve")
    return 0


def _linli(*words: str) -> int:
    """Another command, in a process of its own."""
    return subprocess.run([sys.executable, "-m", "linli.config.cli", *words], stdin=subprocess.DEVNULL, check=False).returncode


def put_back(archive: Path) -> int:
    """For `linli update` alone, while the site takes no changes: the archive's rows in the place of the present ones."""
    from . import setup

    setup.instance_django()
    from linli.common.backup import run as backups

    if not instance.is_paused(instance.data_folder()):
        raise BackupError("网站没有暂停改动 · the site still takes changes")
    backups.put_back(archive)
    return 0
