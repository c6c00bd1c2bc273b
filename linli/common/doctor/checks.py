"""What the doctor asks the database and the books: database, migrations, worker, outbox, backup and drill."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Count, Min, Q
from django.utils.translation import gettext_lazy as _

from linli.common.backup import BackupError, book, jobs, lite, pg, run
from linli.common.models import Job
from linli.common.ops import health

from . import Line, check, well, wrong

BACKUP_AGE, DRILL_AGE = timedelta(hours=26), timedelta(days=35)
JOB_LATE = timedelta(minutes=30)
BACKLOG_AGE = timedelta(minutes=15)


def ask() -> None:
    """Raises DatabaseError where the database does not answer."""
    connection.ensure_connection()
    Job.objects.exists()


@check(10)
def database(now: datetime) -> Iterator[Line]:
    name = _("数据库")
    try:
        ask()
    except (DatabaseError, InterfaceError):
        there = Path(str(connection.settings_dict["NAME"])).exists() if connection.vendor == "sqlite" else True
        if not there:
            todo = _("数据库文件不见了：运行 linli prepare 新建，或者从备份恢复")
        elif connection.vendor == "sqlite":
            todo = _("看看文件 linli.sqlite3 和它所在的文件夹能不能读写；文件坏了就从备份恢复")
        else:
            todo = _("看看 PostgreSQL 有没有在运行，LINLI_DATABASE 写的地址和密码对不对")
        yield wrong("database", name, _("数据库打不开，网站只能报 503"), todo)
        return
    yield well("database", name, _("%(kind)s，能读能写"), kind={"sqlite": "SQLite"}.get(connection.vendor, "PostgreSQL"))


@check(11, page=False)
def whole_database(now: datetime) -> Iterator[Line]:
    """SQLite's own look through the file; it reads all of it."""
    path = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or not path.exists():
        return
    try:
        lite.check(path)
    except BackupError:
        yield wrong(
            "database-file", _("数据库文件"), _("文件 %(file)s 坏了"), _("停掉网站，把整个数据文件夹拷一份留底，再从最近的备份恢复"), file=path.name
        )


@check(12)
def migrations(now: datetime) -> Iterator[Line]:
    name, waiting = _("数据表"), health.pending()
    if waiting:
        yield wrong("migrations", name, _("有 %(number)d 处数据表还没更新到当前代码"), _("运行 linli prepare"), number=len(waiting))
    else:
        yield well("migrations", name, _("和当前代码一致"))


@check(20)
def worker(now: datetime) -> Iterator[Line]:
    name, beat = _("后台任务"), health.heartbeat(now)
    if beat is None or beat < now - health.SILENCE:
        since = int((now - beat).total_seconds() // 60) if beat else 0
        text = _("后台任务停了 %(minutes)d 分钟：短信发不出，到期的事没人办") if beat else _("后台任务从没运行过")
        yield wrong("worker", name, text, _("看看 linli serve 是不是在运行，它会自己带起后台任务；原因在 log/linli.log"), minutes=since)
        return
    late = list(Job.objects.filter(due__lt=now - JOB_LATE).order_by("due"))
    known = ", ".join(job.name.rpartition(".")[2] for job in late[:3])
    if late:
        text, todo = _("后台在运行，但有 %(number)d 件定时任务到点没做：%(known)s"), _("机器太忙，或者换代码时删掉了它；看 log/linli.log")
        yield wrong("worker", name, text, todo, soon=True, number=len(late), known=known)
    else:
        yield well("worker", name, _("在运行，最近一次是 %(seconds)d 秒前"), seconds=max(0, int((now - beat).total_seconds())))


@check(22)
def outbox(now: datetime) -> Iterator[Line]:
    try:
        rows = apps.get_model("linli_common", "OutboxRow").objects
    except LookupError:
        return
    name = _("发件箱")
    found = rows.aggregate(
        dead=Count("pk", filter=Q(state="dead")),
        late=Count("pk", filter=Q(state="waiting", due__lt=now - BACKLOG_AGE)),
        oldest=Min("due", filter=Q(state="waiting", due__lt=now - BACKLOG_AGE)),
    )
    if found["dead"]:
        yield wrong("outbox", name, _("有 %(number)d 件事试了很多次都没办成，停下了"), _("打开工作台的“发件箱”，一件件看：重试，或者放弃"), number=found["dead"])
    elif found["late"]:
        minutes = int((now - found["oldest"]).total_seconds() // 60)
        text, todo = _("积了 %(number)d 件，最早的等了 %(minutes)d 分钟"), _("看后台任务是不是在运行；在运行就看 log/linli.log 里办不成的原因")
        yield wrong("outbox", name, text, todo, number=found["late"], minutes=minutes)
    else:
        yield well("outbox", name, _("没有积压"))


@check(40)
def backup(now: datetime) -> Iterator[Line]:
    if settings.LINLI_INSTANCE.kind != "real":
        yield well("backup", _("备份"), _("演示实例，不用备份"))
        return
    name, done = _("备份"), book.read(settings.LINLI_DATA)
    hours = int((now - done.backup_at).total_seconds() // 3600) if done.backup_at else 0
    if done.failed_at and (done.backup_at is None or done.failed_at > done.backup_at):
        yield wrong("backup", name, _("最近一次备份没成"), _("运行 linli backup，看它怎么说；多半是磁盘满了，或者备份文件夹不能写"))
    elif done.backup_at is None:
        yield wrong("backup", name, _("从来没有备份过"), _("现在就运行 linli backup --new-key"))
    elif now - done.backup_at > BACKUP_AGE:
        todo = _("运行 linli backup；每夜的备份由后台任务做，看它是不是在运行")
        yield wrong("backup", name, _("最近的备份是 %(hours)d 小时以前的"), todo, hours=hours)
    elif not Path(done.archive).exists():
        yield wrong("backup", name, _("最近的备份文件不见了"), _("如果是搬去了别处就好；不然马上运行 linli backup"), soon=True)
    elif not done.encrypted:
        yield wrong("backup", name, _("%(hours)d 小时前备份过，但没有加密，也不含密钥"), _("运行 linli backup --new-key，并把密钥另存别处"), soon=True, hours=hours)
    else:
        yield well("backup", name, _("%(hours)d 小时前备份过"), hours=hours)
    at = settings.LINLI_INSTANCE.backup.get("at") or jobs.AT
    if not at.replace(":", "", 1).isdecimal():
        yield wrong("backup-night", _("夜间备份"), _("夜间备份关着"), _("在 instance.json 的 backup 里写 at，如 02:30"), soon=True)


@check(41)
def drill(now: datetime) -> Iterator[Line]:
    if settings.LINLI_INSTANCE.kind != "real":
        return
    name, done = _("恢复演练"), book.read(settings.LINLI_DATA)
    if done.drill_at is None:
        yield wrong("drill", name, _("从来没有演练过恢复：没恢复过的备份不算备份"), _("运行 linli backup --drill"))
    elif now - done.drill_at > DRILL_AGE:
        yield wrong("drill", name, _("上次演练恢复是 %(days)d 天以前"), _("运行 linli backup --drill，每月一次"), days=(now - done.drill_at).days)
    else:
        yield well("drill", name, _("%(days)d 天前演练过"), days=(now - done.drill_at).days)


@check(42)
def backup_tools(now: datetime) -> Iterator[Line]:
    """What a backup of PostgreSQL needs, and whether the key of archives can be read."""
    try:
        if connection.vendor != "sqlite":
            pg.program("pg_dump")
            pg.program("pg_restore")
    except BackupError:
        yield wrong("pg_dump", _("备份工具"), _("没有 pg_dump，备份不了 PostgreSQL"), _("安装 postgresql-client，版本不低于数据库"))
    try:
        run.key()
    except BackupError:
        todo = _("把密钥文件放回原处；没有副本就删掉设置，运行 linli backup --new-key 重做一把，再备份一次")
        yield wrong("backup-key", _("备份密钥"), _("备份密钥读不了"), todo)
