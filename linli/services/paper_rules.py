"""People's own papers: which there are, when one still counts, what a number looks like. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.common.errors import UserError
from linli.common.privacy_check import is_id_number
from linli.common.text import clean

NAME, ISSUER, CODE, PURPOSE = 30, 40, 40, 80  # lengths
MOST_PAPERS, MOST_FILES, MOST_SHARES = 40, 4, 10
SOON = timedelta(days=30)  # that a paper runs out is said this long before
SHARE_DAYS = (1, 7, 30)


class PaperKind(models.TextChoices):
    ID_CARD = "id_card", _("身份证")
    HOUSEHOLD = "household", _("户口簿")
    RESIDENCE = "residence", _("居住证")
    MARRIAGE = "marriage", _("结婚证")
    BIRTH = "birth", _("出生证")
    DISABILITY = "disability", _("残疾人证")
    DEED = "deed", _("房产证")
    LEASE = "lease", _("租房合同")
    INCOME = "income", _("收入证明")
    BANK = "bank", _("银行卡")
    MEDICAL = "medical", _("病历和诊断")
    PHOTO = "photo", _("证件照")
    OTHER = "other", _("别的")


class Validity(models.TextChoices):
    """How a version stands on a day."""

    GOOD = "good", _("有效")
    SOON = "soon", _("快到期")
    OVER = "over", _("过期了")


def validity(valid_until: date | None, today: date) -> Validity:
    """`valid_until` is the last day on which it counts; None: for good."""
    if valid_until is None or valid_until - today > SOON:
        return Validity.GOOD
    return Validity.SOON if valid_until >= today else Validity.OVER


def read_code(kind: str, text: str) -> str:
    """The number on a paper, plain and in capitals. Raises UserError (code) for what cannot be one."""
    code = re.sub(r"\s", "", unicodedata.normalize("NFKC", clean(text))).upper()
    if len(code) > CODE:
        raise UserError(format_lazy(_("号码最多 {n} 位"), n=CODE), field="code")
    if kind == PaperKind.ID_CARD and code and not is_id_number(code):
        raise UserError(_("身份证号不对：18 位，最后一位可能是 X。请对着证再看一遍"), field="code")
    if kind == PaperKind.BANK and code and not re.fullmatch(r"[0-9]{12,19}", code):
        raise UserError(_("银行卡号是 12 到 19 位数字"), field="code")
    return code


def mask_code(code: str) -> str:
    """`****1234`; short ones not at all."""
    return f"****{code[-4:]}" if len(code) > 7 else "****" if code else ""


def check_days(issued_on: date | None, valid_until: date | None, today: date) -> None:
    """Raises UserError at the day that is wrong."""
    if issued_on is not None and issued_on > today:
        raise UserError(_("发证的日子还没到，请看看年份"), field="issued_on")
    if valid_until is not None and issued_on is not None and valid_until < issued_on:
        raise UserError(_("有效期不能早于发证的日子"), field="valid_until")
    if valid_until is not None and valid_until < today:
        raise UserError(_("这一份已经过期了，请放还有效的"), field="valid_until")
