"""The closed sets of service items, their life, and what is right about a code or a price. Pure.

Basic codes: GB/T 39554.1-2020, twelve characters: region 2, type of item 2, main item 5, sub-item 3. Types of item
as the national platform numbers them. Community offers that have no such code carry one of the place's own.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.common.errors import UserError
from linli.common.states import Row, StateTable, register

STALE_AFTER = timedelta(days=180)
MOST_FEE = 10_000_000  # fen
NAME, LEAD, LINE, TEXT, CODE, REASON = 30, 80, 80, 400, 20, 120  # lengths


class ItemState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已下架")
    DISCARDED = "discarded", _("不要了")


S = ItemState
ITEM = register(
    StateTable(
        "service item",
        S.DRAFT,
        [
            Row(S.DRAFT, "publish", S.PUBLISHED, "editor", guard="is_whole"),
            Row(S.DRAFT, "discard", S.DISCARDED, "editor"),
            Row(S.PUBLISHED, "publish", S.PUBLISHED, "editor: a new version", guard="is_whole"),
            Row(S.PUBLISHED, "withdraw", S.WITHDRAWN, "editor"),
            Row(S.WITHDRAWN, "publish", S.PUBLISHED, "editor", guard="is_whole"),
            Row(S.WITHDRAWN, "discard", S.DISCARDED, "editor"),
        ],
        final=[S.DISCARDED],
        states=S,
        says="A service item. Each publication is a version of its own that is never changed.",
    )
)


class Done(models.TextChoices):
    """What an item's history says."""

    CREATE = "create", _("写了草稿")
    PUBLISH = "publish", _("发布了新版")
    WITHDRAW = "withdraw", _("下架了")
    DISCARD = "discard", _("不要这个草稿了")
    DROP = "drop", _("放弃了没发布的修改")
    VERIFY = "verify", _("核对过，没有变")


class Scheme(models.TextChoices):
    """By what rule the code is made."""

    GBT39554 = "gbt39554", _("国家基本编码（GB/T 39554.1）")
    OWN = "own", _("本地自编")


class Kind(models.TextChoices):
    """Type of item, numbered as in the national basic directory."""

    PERMIT = "01", _("行政许可")
    BENEFIT = "05", _("行政给付")
    CONFIRM = "07", _("行政确认")
    REWARD = "08", _("行政奖励")
    OTHER = "10", _("备案和其他")
    SERVICE = "20", _("公共服务")


class Level(models.TextChoices):
    """Who decides in the end."""

    COMMUNITY = "community", _("社区")
    STREET = "street", _("街道")
    DISTRICT = "district", _("区")
    CITY = "city", _("市和市以上")


class Pace(models.TextChoices):
    AT_ONCE = "at_once", _("当场办完")
    PROMISED = "promised", _("承诺几天内办完")


class Depth(models.TextChoices):
    """How far one gets without going anywhere."""

    NONE = "none", _("网上只能看")
    ASK = "ask", _("网上可以问、可以约")
    APPLY = "apply", _("网上申请，到窗口交原件")
    WHOLE = "whole", _("从头到尾都在网上办")


class Special(models.TextChoices):
    """Steps that take their own time."""

    VISIT = "visit", _("上门看")
    PUBLISH = "publish", _("公示")
    HEARING = "hearing", _("听证")
    EXPERTS = "experts", _("专家评审或鉴定")
    PAYMENT = "payment", _("发钱")


class Form(models.TextChoices):
    ORIGINAL = "original", _("原件")
    COPY = "copy", _("复印件")
    BOTH = "both", _("原件和复印件")
    FORM = "form", _("当场填表")


class Source(models.TextChoices):
    """Where a material comes from."""

    SELF = "self", _("自己准备")
    AGENCY = "agency", _("别的单位开，我们去调")
    BASE = "base", _("我们已经有")


class Result(models.TextChoices):
    CERTIFICATE = "certificate", _("证件或证明")
    PAYMENT = "payment", _("钱")
    RECORD = "record", _("登记好了")
    DECISION = "decision", _("批复")
    ADVICE = "advice", _("答复")


class LifeEvent(models.TextChoices):
    """What people are about when they need an office."""

    BIRTH = "birth", _("生孩子")
    SCHOOL = "school", _("孩子上学")
    MOVE = "move", _("搬来住")
    RENT = "rent", _("租房")
    WORK = "work", _("找工作")
    ILL = "ill", _("看病")
    RETIRE = "retire", _("退休养老")
    DISABLED = "disabled", _("身体残疾")
    HARDSHIP = "hardship", _("遇到困难")
    PET = "pet", _("养狗养猫")
    HELP = "help", _("做志愿者")


class Audience(models.TextChoices):
    ANYBODY = "anybody", _("所有人")
    OLD = "old", _("老人")
    FAMILY = "family", _("有孩子的家庭")
    DISABLED = "disabled", _("残疾人")
    POOR = "poor", _("低收入家庭")
    NEWCOMER = "newcomer", _("外地来的")
    JOBLESS = "jobless", _("没工作的人")
    TENANT = "tenant", _("租房的人")


_GBT = re.compile(r"[0-9A-Z]{4}[0-9]{8}")
_OWN = re.compile(r"[0-9A-Z][0-9A-Z-]{1,18}[0-9A-Z]")


def check_code(scheme: str, code: str) -> str:
    """The code in capitals. Raises UserError (code) for what the scheme does not allow."""
    bare = "".join(code.split()).upper()
    if scheme == Scheme.GBT39554 and not _GBT.fullmatch(bare):
        raise UserError(
            _("国家基本编码是 12 位：区划 2 位、类型 2 位、主项 5 位数字、子项 3 位数字"), field="code"
        )
    if scheme == Scheme.OWN and not _OWN.fullmatch(bare):
        raise UserError(_("自编的编码用数字、字母和短横，3 到 20 位，比如 LD-0012"), field="code")
    return bare


def is_stale(verified_on: date | None, today: date) -> bool:
    """Whether nobody has looked for 180 days whether it is still so."""
    return verified_on is None or today - verified_on > STALE_AFTER
