"""`linli init`: a real instance for one district, whole or not at all."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
from pathlib import Path
from urllib.parse import urlsplit

from linli.common.errors import UserError
from linli.config import instance, prepare

from . import setup, show

HELP = "为一个真实的区建立正式实例 · make a real instance for one district"
STAGING = ".init-"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--divisions", required=True, type=Path, metavar="FILE", help="区划表 · table of divisions: code,name,parent")
    parser.add_argument("--district", required=True, metavar="CODE", help="区县代码，如 330102 · the district's code")
    parser.add_argument("--admin-phone", required=True, metavar="PHONE", help="第一位管理员的手机 · the first administrator's phone")
    parser.add_argument("--admin-name", default="管理员", metavar="NAME", help="他的姓名 · his name")
    parser.add_argument("--name", default="", help="网站名称，默认用区名 · the site's name, by default the district's")
    parser.add_argument("--origin", default="", metavar="URL", help="对外网址，如 https://linli.example.cn · the public address")
    parser.add_argument("--hosts", default="", metavar="A,B", help="允许的主机名 · host names to answer to")
    parser.add_argument("--locale", choices=("zh-hans", "en"), default="zh-hans", help="登录链接说明的语言 · language of the notes")


def run(args: argparse.Namespace) -> None:
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    folder = instance.data_folder()
    refuse_mixing(folder)
    wanted = described(args)
    made_folder = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(STAGING + "*"):  # of a run that was killed
        shutil.rmtree(left, ignore_errors=True)
    staging = folder / f"{STAGING}{os.getpid()}"
    staging.mkdir(mode=0o700)
    try:
        link = make(args, wanted, staging)
        move(staging, folder)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        if made_folder:
            folder.rmdir()
        raise
    tell(args, folder, link)


def refuse_mixing(folder: Path) -> None:
    there = instance.load(folder)
    if there is not None:
        kind = "演示 demo" if there.is_demo else "正式 real"
        raise instance.InstanceError(
            f"{folder} 里已有实例（{kind}）。另选文件夹：LINLI_DATA=文件夹 linli init … · "
            "already holds an instance; choose another folder with LINLI_DATA"
        )


def described(args: argparse.Namespace) -> instance.Instance:
    """The instance asked for. Raises UserError for what cannot be right, before anything is made."""
    if not re.fullmatch(r"\d{6}(\d{6})?", args.district):
        raise UserError(f"区县代码应为 6 位数字 · a district's code has 6 digits: {args.district}")
    if not args.divisions.is_file():
        raise UserError(f"找不到区划表 · no such file: {args.divisions}")
    if args.origin:
        parts = urlsplit(args.origin)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
            raise UserError(f"网址应如 https://linli.example.cn · an address looks like this, without a path: {args.origin}")
    wanted = instance.Instance(kind="real", district=args.district[:6], name=args.name, origin=args.origin.rstrip("/"))
    hosts = [host.strip() for host in args.hosts.split(",") if host.strip()]
    if args.origin:
        hosts.append(str(urlsplit(args.origin).hostname))
    wanted.hosts = list(dict.fromkeys([*hosts, *wanted.hosts]))
    return wanted


def make(args: argparse.Namespace, wanted: instance.Instance, staging: Path) -> str:
    """Everything in the staging folder; returns the sign-in link."""
    instance.create(wanted, staging)
    os.environ["LINLI_DATA"] = str(staging)
    divisions = args.divisions.resolve()
    setup.django()
    from django.db import connections, transaction

    from linli.common import clock
    from linli.people import api as people

    progress = show.Progress()
    prepare.prepare(staging)
    progress.end("数据表和静态文件已就绪 · tables and static files ready")
    if people.Person.objects.exists():
        raise UserError("这个数据库里已有一个实例 · this database already holds an instance (LINLI_DATABASE)")
    progress, now = show.Progress("区划 · divisions"), clock.now()
    with transaction.atomic():
        result = people.import_divisions(divisions, cell_code=wanted.district, now=clock.now(), progress=progress)
        people.create_administrator(phone=args.admin_phone, name=args.admin_name, now=now)
        link = people.make_signin_link(args.admin_phone, now=now)
        if not wanted.name:
            wanted.name = district_name(wanted.district)
    instance.save(wanted, staging)
    connections.close_all()
    progress.end(f"区划已导入 · divisions imported: {result}")
    return link


def district_name(code: str) -> str:
    from linli.areas import api as areas

    cell = areas.cell()
    return str(cell.name) if cell else code


def move(staging: Path, folder: Path) -> None:
    """Everything into its place, instance.json last: until then the folder holds no instance."""
    for path in sorted(staging.iterdir(), key=lambda path: path.name == "instance.json"):
        target = folder / path.name
        if target.is_dir() and not target.is_symlink() and path.is_dir():
            shutil.rmtree(target)
        path.replace(target)
    staging.rmdir()
    os.environ["LINLI_DATA"] = str(folder)


def tell(args: argparse.Namespace, folder: Path, link: str) -> None:
    chinese = (
        f"正式实例已建好：{folder}",
        "第一位管理员请在 24 小时内打开下面的链接（只能用一次），设置密码和第二重验证：",
        "过期了就运行 linli people link 手机号 再取一个。启动网站：linli serve",
    )
    english = (
        f"The instance is ready in {folder}",
        "Within 24 hours the first administrator opens this link, once, and sets a password and a second factor:",
        "When it has run out: linli people link PHONE. To start the site: linli serve",
    )
    first, second, third = english if args.locale == "en" else chinese
    for line in ("", first, second, "", f"    {link}", "", third):
        show.say(line)
