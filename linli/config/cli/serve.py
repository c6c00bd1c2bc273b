"""`linli serve`: the platform on one address."""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from linli.config import instance, prepare, serve

from . import setup, show

HELP = "启动网站和后台任务 · serve the site and its background work"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="默认 127.0.0.1 · default")
    parser.add_argument("--port", type=port, default=os.environ.get("PORT") or "8000", help="默认 $PORT 或 8000 · default")
    parser.add_argument("--workers", type=int, choices=range(1, 65), metavar="N", default=2, help="默认 2 · default")
    parser.add_argument("--tls-cert", type=Path, metavar="FILE", help="PEM 证书链，直接提供 https · certificate chain, to speak https")
    parser.add_argument("--tls-key", type=Path, metavar="FILE", help="它的私钥 · its private key")


def port(text: str) -> int:
    """A port number; 0 takes any free one."""
    if not text.isdecimal() or not 0 <= int(text) < 65536:
        raise argparse.ArgumentTypeError(f"端口须是 0 到 65535 的数 · a port is a number up to 65535: {text}")
    return int(text)


def run(args: argparse.Namespace) -> int:
    started = float(os.environ.pop("LINLI_STARTED", 0) or time.monotonic())
    greeting = os.environ.pop("LINLI_GREETING", "")
    there = setup.current()
    tls = tls_files(args, there)
    listener = serve.listen(args.host, args.port)
    number = listener.getsockname()[1]
    os.environ["PORT"] = str(number)
    bring_up_to_date()
    shown = "127.0.0.1" if args.host in ("0.0.0.0", "::") else args.host  # noqa: S104 - compared, not bound
    address = there.origin or f"{'https' if tls else 'http'}://{f'[{shown}]' if ':' in shown else shown}:{number}"

    def on_ready() -> None:
        note(number, tls=bool(tls))
        if greeting:
            print(f"\n{greeting}\n", flush=True)
        show.say(f"{address}/")
        show.say(f"启动用时 {time.monotonic() - started:.1f} 秒，Ctrl-C 结束 · started in as many seconds, Ctrl-C ends it")

    try:
        code = serve.Parent(listener, args.workers, on_ready, bring_up_to_date, tls).run()
    finally:
        (instance.data_folder() / "run" / "serve.json").unlink(missing_ok=True)
    show.say("已结束 · ended")
    return code


def tls_files(args: argparse.Namespace, there: instance.Instance) -> tuple[str, str] | None:
    """Certificate and key: as asked, else as instance.json says where both are there. Raises ServeError."""
    cert, key = args.tls_cert, args.tls_key
    if cert is None and key is None and there.tls_cert and there.tls_key:
        cert, key = Path(there.tls_cert), Path(there.tls_key)
    if cert is None and key is None:
        return None
    import ssl  # the parent stays small where it does not speak https

    if cert is None or key is None:
        raise serve.ServeError("--tls-cert 和 --tls-key 要一起用 · --tls-cert and --tls-key go together")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key)
    except (OSError, ssl.SSLError) as error:
        raise serve.ServeError(f"证书或私钥用不了 · certificate or key cannot be used: {cert} ({error.strerror or error})") from error
    return str(cert.resolve()), str(key.resolve())


def note(port: int, *, tls: bool) -> None:
    """For `linli update`: which process to reload, and where it answers."""
    folder = instance.data_folder() / "run"
    with contextlib.suppress(OSError):  # a full disk must not keep the site from starting
        folder.mkdir(mode=0o700, exist_ok=True)
        (folder / "serve.json").write_text(json.dumps({"pid": os.getpid(), "port": port, "tls": tls}))


def bring_up_to_date() -> None:
    """Tables and static files for the present code, by a process of its own that leaves no Django here."""
    if prepare.stale(instance.data_folder()):
        command = [sys.executable, "-m", "linli.config.cli", "prepare"]
        if subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode:
            raise serve.ServeError("数据表或静态文件没能更新，原因见上 · tables or static files could not be brought up to date")
