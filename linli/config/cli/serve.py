"""`linli serve`: the platform on one address."""

import argparse
import os
import subprocess
import sys
import time

from linli.config import instance, prepare, serve

from . import setup, show

HELP = "启动网站和后台任务 · serve the site and its background work"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="默认 127.0.0.1 · default")
    parser.add_argument("--port", type=port, default=os.environ.get("PORT") or "8000", help="默认 $PORT 或 8000 · default")
    parser.add_argument("--workers", type=int, choices=range(1, 65), metavar="N", default=2, help="默认 2 · default")


def port(text: str) -> int:
    """A port number; 0 takes any free one."""
    if not text.isdecimal() or not 0 <= int(text) < 65536:
        raise argparse.ArgumentTypeError(f"端口须是 0 到 65535 的数 · a port is a number up to 65535: {text}")
    return int(text)


def run(args: argparse.Namespace) -> int:
    started = float(os.environ.pop("LINLI_STARTED", 0) or time.monotonic())
    greeting = os.environ.pop("LINLI_GREETING", "")
    there = setup.current()
    listener = serve.listen(args.host, args.port)
    number = listener.getsockname()[1]
    os.environ["PORT"] = str(number)
    bring_up_to_date()
    shown = "127.0.0.1" if args.host in ("0.0.0.0", "::") else args.host  # noqa: S104 - compared, not bound
    address = there.origin or f"http://{f'[{shown}]' if ':' in shown else shown}:{number}"

    def on_ready() -> None:
        if greeting:
            print(f"\n{greeting}\n", flush=True)
        show.say(f"{address}/")
        show.say(f"启动用时 {time.monotonic() - started:.1f} 秒，Ctrl-C 结束 · started in as many seconds, Ctrl-C ends it")

    code = serve.Parent(listener, args.workers, on_ready, bring_up_to_date).run()
    show.say("已结束 · ended")
    return code


def bring_up_to_date() -> None:
    """Tables and static files for the present code, by a process of its own that leaves no Django here."""
    if prepare.stale(instance.data_folder()):
        command = [sys.executable, "-m", "linli.config.cli", "prepare"]
        if subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode:
            raise serve.ServeError("数据表或静态文件没能更新，原因见上 · tables or static files could not be brought up to date")
