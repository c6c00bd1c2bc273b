"""Kinds of answers with rules of their own: how they are read from what people type, shown, and told apart.

A closed list: a definition names a format, never a pattern of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.common.errors import UserError
from linli.common.money import parse_area, show_yuan
from linli.common.privacy_check import is_id_number
from linli.common.text import mask_phone, normalise_phone

_DAY = re.compile(r"(\d{4})\s*[-年/.]?\s*(\d{1,2})\s*[-月/.]?\s*(\d{1,2})\s*日?")
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100
MOST_FEN = 10**12


@dataclass(frozen=True)
class Format:
    """`read` makes a value of typed text and raises UserError; `holds` says whether a value is one; `pattern` is the
    part of that which JSON Schema can say. `private`: shown masked to all but who has to see it."""

    label: Any
    read: Callable[[str], Any]
    holds: Callable[[Any], bool]
    wrong: Any
    pattern: str = ""
    number: bool = False
    private: bool = False
    inputmode: str = "text"
    autocomplete: str = "off"
    unit: Any = ""
    show: Callable[[Any], str] = str
    mask: Callable[[str], str] = lambda text: text[:1] + "****"


def plain(text: str) -> str:
    """Full-width digits and letters as plain ones, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _day(text: str) -> str:
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    try:
        if found:
            return date(*map(int, found.groups())).isoformat()
    except ValueError:
        raise UserError(_("没有这一天，请看看年、月、日")) from None
    raise UserError(_("日期没看懂，请写成 2026-05-25"))


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _fen(text: str) -> int:
    bare = re.sub(r"[,，]|元$", "", plain(text)).removeprefix("¥")
    try:
        value = Decimal(bare) * 100
    except InvalidOperation:
        raise UserError(_("金额应是数字，比如 1200 或 1200.50")) from None
    if not value.is_finite() or value != value.to_integral_value() or abs(value) > MOST_FEN:
        raise UserError(_("金额最多两位小数，不超过 100 亿元"))
    return int(value)


def _yuan(fen: Any) -> str:
    return ("-" if fen < 0 else "") + show_yuan(abs(int(fen)))


def _square(thousandths: Any) -> str:
    whole, rest = divmod(int(thousandths), 1000)
    return f"{whole}.{rest:03d}".rstrip("0").rstrip(".")


def _id_number(text: str) -> str:
    bare = plain(text).upper()
    if len(bare) != 18:
        raise UserError(_("身份证号是 18 位，现在是 %(n)d 位") % {"n": len(bare)})
    if not _is_id(bare):
        raise UserError(_("身份证号不对：请对着证件再看一遍，尤其是生日和最后一位"))
    return bare


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[1-9][0-9]{16}[0-9X]", value)) and is_id_number(value)


def _is_phone(value: Any) -> bool:
    try:
        return isinstance(value, str) and normalise_phone(value) == value
    except UserError:
        return False


def _is_credit(value: Any) -> bool:
    """The check sign of GB 32100-2015."""
    if not isinstance(value, str) or len(value) != 18 or any(sign not in _CREDIT for sign in value):
        return False
    total = sum(_CREDIT.index(sign) * pow(3, n, 31) for n, sign in enumerate(value[:17]))
    return _CREDIT[(31 - total % 31) % 31] == value[17]


def _pattern(pattern: str) -> Callable[[Any], bool]:
    found = re.compile(pattern.strip("^$"))
    return lambda value: isinstance(value, str) and found.fullmatch(value) is not None


def _read(holds: Callable[[Any], bool], wrong: Any) -> Callable[[str], str]:
    def read(text: str) -> str:
        bare = plain(text).upper()
        if not holds(bare):
            raise UserError(wrong)
        return bare

    return read


def _made(label: Any, pattern: str, wrong: Any, holds: Callable[[Any], bool] | None = None, **more: Any) -> Format:
    holds = holds or _pattern(pattern)
    return Format(label, _read(holds, wrong), holds, wrong, pattern, **more)


def _number(value: Any) -> bool:
    return type(value) is int


PLATE, DIGITS, POSTAL = r"^[\u4e00-\u9fff][A-Z][A-Z0-9]{5,6}$", r"^[0-9]+$", r"^[0-9]{6}$"
FORMATS: dict[str, Format] = {
    "date": Format(
        _("日期"), _day, _is_day, _("日期没看懂，请写成 2026-05-25"), r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    ),
    "phone": Format(
        _("手机号"), normalise_phone, _is_phone, _("手机号不对"), r"^\+[1-9][0-9]{7,14}$", private=True, inputmode="tel",
        autocomplete="tel", show=lambda value: str(value).removeprefix("+86"), mask=mask_phone,
    ),
    "cn-id-number": Format(
        _("身份证号"), _id_number, _is_id, _("身份证号不对"), r"^[1-9][0-9]{16}[0-9X]$", private=True,
        mask=lambda text: f"{text[:3]}***********{text[-4:]}",
    ),
    "cn-postal-code": _made(_("邮政编码"), POSTAL, _("邮政编码是 6 位数字"), inputmode="numeric", autocomplete="postal-code"),
    "cn-plate": _made(_("车牌号"), PLATE, _("车牌号没看懂，请写成“桂A12345”这样"), private=True),
    "cn-credit-code": _made(
        _("统一社会信用代码"), r"^[0-9A-HJ-NPQRTUWXY]{18}$", _("信用代码是 18 位，请对着营业执照再看一遍"), _is_credit
    ),
    "digits": _made(_("只有数字"), DIGITS, _("这里只能是数字"), inputmode="numeric"),
    "fen": Format(
        _("金额"), _fen, _number, _("金额不对"), number=True, inputmode="decimal", unit=_("元"), show=_yuan,
    ),
    "milli-m2": Format(
        _("面积"), lambda text: parse_area(plain(text)), _number, _("面积不对"), number=True, inputmode="decimal",
        unit=_("平方米"), show=_square,
    ),
}  # fmt: skip
