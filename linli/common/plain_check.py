"""What must not stand in a text that people typed: marks that turn its order round, and page code. Pure.

What is shown is escaped in any case; this tells the writer, instead of publishing what nobody meant.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CODE = re.compile(
    r"<\s*/?\s*[a-z!?][^>\n]{0,30}|\b(?:javascript|vbscript)\s*:\s*(?=[a-z(/])|\bdata\s*:\s*[a-z]{2,20}/[a-z]|&#x?[0-9a-f]+;?",
    re.IGNORECASE,
)


def not_plain(text: str) -> str:
    """What is wrong with the text, in words; empty where it is plain."""
    if _TURNING.search(text):
        return _("里面有看不见的符号，会把字的顺序弄反。删掉重新打一遍。")
    code = _CODE.search(text)
    if code:
        return _("里面有网页代码“%(code)s”，改成普通的字。") % {"code": code.group().strip()[:20]}
    return ""


def check_plain(value: str) -> None:
    """A validator for the text fields of forms. Raises ValidationError with the words."""
    problem = not_plain(value)
    if problem:
        raise ValidationError(problem, code="not_plain")
