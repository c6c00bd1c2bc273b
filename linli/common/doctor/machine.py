"""What the doctor asks the machine: disk, clock, modes of keys, certificate, fonts, Pango."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.utils.translation import gettext_lazy as _

from linli.common.models import AuditRow
from linli.config import instance

from . import Line, check, well, wrong

GIGABYTE = 1_000_000_000
SECRETS = (*instance.SECRET_NAMES, "columns", "index")
AHEAD = timedelta(minutes=2)
STA_UNSYNC = 0x40


def disk_usage(folder: Path) -> tuple[int, int]:
    """Free and total bytes where the folder lies."""
    usage = shutil.disk_usage(folder)
    return usage.free, usage.total


@check(15)
def disk(now: datetime) -> Iterator[Line]:
    name, (free, total) = _("磁盘"), disk_usage(settings.LINLI_DATA)
    parts = {"free": f"{free / GIGABYTE:.1f}", "percent": 100 * free // max(1, total)}
    todo = _("删掉不要的文件，或者换大一点的磁盘；旧备份在 backups/，旧日志在 log/")
    if free < GIGABYTE or free * 20 < total:
        yield wrong("disk", name, _("只剩 %(free)s GB（%(percent)d%%），满了就存不进东西"), todo, **parts)
    elif free < 5 * GIGABYTE or free * 10 < total:
        yield wrong("disk", name, _("还剩 %(free)s GB（%(percent)d%%），不多了"), todo, soon=True, **parts)
    else:
        yield well("disk", name, _("还有 %(free)s GB（%(percent)d%%）"), **parts)


@check(16)
def clock(now: datetime) -> Iterator[Line]:
    name = _("时钟")
    todo = _("打开自动对时：timedatectl set-ntp true，或者装上 chrony")
    try:
        last = AuditRow.objects.order_by("-id").values_list("at", flat=True).first()
    except (DatabaseError, InterfaceError):
        last = None
    if last and last > now + AHEAD:
        minutes = int((last - now).total_seconds() // 60)
        yield wrong("clock", name, _("时钟比最后一条记录慢了 %(minutes)d 分钟，期限会算错"), todo, minutes=minutes)
    elif now.year < 2026:
        yield wrong("clock", name, _("时钟停在 %(year)d 年"), todo, year=now.year)
    elif synchronised() is False:
        yield wrong("clock", name, _("没有自动对时，会慢慢走偏"), todo, soon=True)
    else:
        yield well("clock", name, _("走得对"))


def synchronised() -> bool | None:
    """What the kernel knows of it; None where it cannot be asked."""
    if not sys.platform.startswith("linux"):
        return None
    room = ctypes.create_string_buffer(512)  # struct timex, its first field 0: only ask
    try:
        if ctypes.CDLL(None).adjtimex(room) < 0:
            return None
    except (OSError, AttributeError):
        return None
    status = ctypes.c_int.from_buffer(room, 5 * ctypes.sizeof(ctypes.c_long)).value
    return not status & STA_UNSYNC


@check(17)
def keys(now: datetime) -> Iterator[Line]:
    name, folder = _("系统密钥"), settings.LINLI_DATA / "secrets"
    missing = [one for one in SECRETS if not (folder / one).is_file()]
    if missing:
        todo = _("从备份里找回整个 secrets 文件夹；没有它，加密的手机号和姓名谁也读不出来")
        yield wrong("keys", name, _("少了密钥：%(names)s"), todo, names=", ".join(missing))
        return
    paths = [folder, *(path for path in folder.iterdir() if path.is_file())]
    open_ones = [path.name for path in paths if stat.S_IMODE(path.stat().st_mode) & 0o077]
    foreign = [path.name for path in paths if path.stat().st_uid != os.geteuid() and os.geteuid() != 0]
    if open_ones:
        todo = _("运行 chmod 700 %(folder)s 和 chmod 600 %(folder)s/*；别人可能看过的，再运行 linli keys rotate")
        yield wrong("keys", name, _("机器上别的用户也能读：%(names)s"), todo, names=", ".join(open_ones), folder=str(folder))
    elif foreign:
        todo = _("把它们交还给运行网站的用户：chown -R 用户 %(folder)s")
        yield wrong("keys", name, _("不属于运行网站的用户：%(names)s"), todo, names=", ".join(foreign), folder=str(folder))
    else:
        yield well("keys", name, _("齐全，只有运行网站的用户能读"))


@check(18)
def folders(now: datetime) -> Iterator[Line]:
    closed = [name for name in ("files", "log", "checkpoints") if not os.access(settings.LINLI_DATA / name, os.W_OK | os.X_OK)]
    if closed:
        todo = _("建好文件夹，交给运行网站的用户：%(folder)s")
        yield wrong("folders", _("数据文件夹"), _("不能写：%(names)s"), todo, names=", ".join(closed), folder=str(settings.LINLI_DATA))


@check(50)
def certificate(now: datetime) -> Iterator[Line]:
    there = settings.LINLI_INSTANCE
    origin = urlsplit(there.origin)
    name = _("网站证书")
    if there.kind == "real" and origin.scheme != "https":
        yield wrong("certificate", name, _("网址不是 https，密码和验证码会被路上的人看见"), _("照 docs/how-to/serve-with-tls.md 装上证书，再在 instance.json 里写 origin"), soon=True)
        return
    if not there.tls_cert:
        if origin.scheme == "https":
            yield well("certificate", name, _("由前面的代理管；在 instance.json 的 tls_cert 写上证书文件，这里就能看到期"))
        return
    try:
        found = x509.load_pem_x509_certificates(Path(there.tls_cert).read_bytes())[0]
    except (OSError, ValueError, IndexError):
        yield wrong("certificate", name, _("证书文件读不了：%(file)s"), _("看看文件在不在，是不是 PEM 格式，运行网站的用户能不能读"), file=there.tls_cert)
        return
    days = (found.not_valid_after_utc - now).days
    todo = _("续一张证书；用自动续期的，看看它为什么没续")
    if days < 0:
        yield wrong("certificate", name, _("已经过期，浏览器不让进"), todo)
    elif found.not_valid_before_utc > now:
        yield wrong("certificate", name, _("还没到生效的日子"), _("看看机器的时钟，再看看证书拿得对不对"))
    elif origin.hostname and not _covers(found, origin.hostname):
        yield wrong("certificate", name, _("证书不是发给 %(host)s 的"), _("换成这个网址的证书"), host=origin.hostname)
    elif days < 21:
        yield wrong("certificate", name, _("还有 %(days)d 天过期"), todo, soon=days > 6, days=days)
    else:
        yield well("certificate", name, _("还有 %(days)d 天"), days=days)


def _covers(found: x509.Certificate, host: str) -> bool:
    try:
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return False
    named = [*names.get_values_for_type(x509.DNSName), *map(str, names.get_values_for_type(x509.IPAddress))]
    return any(name == host or (name.startswith("*.") and host.partition(".")[2] == name[2:]) for name in named)


def chinese_fonts() -> bool | None:
    """Whether a font with Chinese is installed; None where nobody can be asked."""
    if not shutil.which("fc-list"):
        return None
    done = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=False, timeout=20)
    return bool(done.stdout.strip())


@check(60)
def printing(now: datetime) -> Iterator[Line]:
    """Only what is printed as PDF needs these; pages use the fonts of whoever reads them."""
    name, todo = _("打印用字体"), _("安装中文字体：apt-get install fonts-noto-cjk")
    found = chinese_fonts()
    if found is False:
        yield wrong("fonts", name, _("没有中文字体，PDF 里的字会变成方框"), todo, soon=True)
    elif found is None:
        yield wrong("fonts", name, _("没有 fc-list，查不了有没有中文字体"), _("安装字体工具：apt-get install fontconfig fonts-noto-cjk"), soon=True)
    else:
        yield well("fonts", name, _("有中文字体"))
    if ctypes.util.find_library("pango-1.0"):
        yield well("pango", _("排版库 Pango"), _("已安装"))
    else:
        yield wrong("pango", _("排版库 Pango"), _("没有 Pango，做不了 PDF"), _("安装：apt-get install libpango-1.0-0 libpangoft2-1.0-0"), soon=True)
