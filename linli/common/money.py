"""Exact numbers: money in fen, floor area in 0.001 m². No float anywhere."""

import re
from decimal import Decimal, InvalidOperation

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .errors import UserError


def parse_area(text: str) -> int:
    """`67.48` or `67.48㎡` as 67480 (0.001 m²). Raises UserError: not a number, below 0, more than 3 decimals, over 1 km²."""
    bare = re.sub(r"(㎡|m²|m2|平方米|平米|平)$", "", text.strip(), flags=re.I).strip()
    try:
        value = Decimal(bare) * 1000
    except InvalidOperation:
        raise UserError(_("建筑面积应是数字，比如 67.48")) from None
    if not value.is_finite() or value < 0 or value > 10**9:
        raise UserError(_("建筑面积应在 0 到 100 万平方米之间"))
    if value != value.to_integral_value():
        raise UserError(_("建筑面积最多三位小数"))
    return int(value)


def show_area(thousandths: int) -> str:
    """67480 as `67.480`."""
    return f"{thousandths // 1000}.{thousandths % 1000:03d}"


def parse_fen(text: str, *, most: int) -> int:
    """`5`, `5.50`, `¥5`, `5元`, or nothing for 0, as fen. Raises UserError (fee): not a number, below 0, above `most`."""
    bare = text.strip().removeprefix("¥").removeprefix("￥").removesuffix(str(_("元"))).strip()
    if not bare or bare == str(_("免费")):
        return 0
    try:
        fen = Decimal(bare) * 100
    except ArithmeticError:
        raise UserError(_("费用写成数字，比如 5 或 12.50；免费就空着"), field="fee") from None
    if not fen.is_finite() or fen != fen.to_integral_value() or not 0 <= fen <= most:
        raise UserError(format_lazy(_("费用最多两位小数，在 0 到 {most} 元之间"), most=most // 100), field="fee")
    return int(fen)


def show_yuan(fen: int) -> str:
    """550 as `5.50`, 500 as `5`."""
    return f"{fen // 100}" if fen % 100 == 0 else f"{fen // 100}.{fen % 100:02d}"
