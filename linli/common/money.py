"""Exact numbers: money in fen, floor area in 0.001 m². No float anywhere."""

import re
from decimal import Decimal, InvalidOperation

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
