"""What in a text looks like personal data that should not be published: ID numbers, a person's phone, a whole address.

Pure. It warns; it does not decide: the writer removes what was found or says that it may stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20
}  # full-width forms, one for one
_GAP = "[\\s\\-–—·.\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
_NO = "[0-9〇零一二三四五六七八九十百]"
_ID = re.compile(rf"(?<![0-9])[1-9](?:{_GAP}?[0-9]){{16}}{_GAP}?[0-9Xx](?![0-9])")
_OLD_ID = re.compile(r"(?<![0-9])[1-9][0-9]{14}(?![0-9])")
_MOBILE = re.compile(rf"(?<![0-9])(?:(?:\+|00)?86{_GAP}?)?(1[3-9](?:{_GAP}?[0-9]){{9}})(?![0-9])")
_ADDRESS = re.compile(
    rf"{_NO}{{1,5}}\s*(?:号楼|号|栋|幢|座|楼)\s*(?:{_NO}{{1,3}}|[A-Za-z甲乙丙丁])\s*(?:单元|门)\s*{_NO}{{2,5}}(?:\s*室|\s*号|(?![0-9]))"
    rf"|{_NO}{{1,5}}\s*(?:号楼|栋|幢|座)\s*[0-9]{{3,4}}\s*室"
    r"|(?<![0-9\-])[0-9]{1,3}\s*[-–—]\s*[0-9]{1,2}\s*[-–—]\s*[0-9]{3,4}\s*室?(?![0-9\-])"
)
_KEY = re.compile(r"(?<![0-9A-Za-z])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Private(StrEnum):
    ID = "id"
    PHONE = "phone"
    ADDRESS = "address"


@dataclass(frozen=True)
class Finding:
    """One thing found: what it seems to be and where it stands in the text as typed."""

    kind: Private
    text: str
    start: int
    end: int

    def __str__(self) -> str:
        """In words, shortened so that the warning does not repeat what it warns of."""
        short = {
            Private.ID: lambda: _("身份证号 %(short)s"),
            Private.PHONE: lambda: _("个人手机号 %(short)s"),
            Private.ADDRESS: lambda: _("详细住址 %(short)s"),
        }[self.kind]()
        return short % {
            "short": self.text if self.kind == Private.ADDRESS else f"{self.text[:3]}…{self.text[-2:]}"
        }


def find_private(text: str, *, known: Iterable[str] = ()) -> list[Finding]:
    """The personal data in the text, in reading order. `known`: numbers of offices, which may stand there."""
    plain = _KEY.sub(lambda key: "x" * len(key.group()), text.translate(_WIDE))  # in addresses of our own pages
    offices = {re.sub(r"\D", "", number.translate(_WIDE))[-11:] for number in known}
    found = [_finding(Private.ID, text, one) for one in _ID.finditer(plain) if is_id_number(one.group())]
    found += [_finding(Private.ID, text, one) for one in _OLD_ID.finditer(plain) if _is_old_id(one.group())]
    for one in _MOBILE.finditer(plain):
        if re.sub(r"\D", "", one.group(1)) not in offices and not _inside(one, found):
            found.append(_finding(Private.PHONE, text, one))
    found += [
        _finding(Private.ADDRESS, text, one) for one in _ADDRESS.finditer(plain) if not _is_date(one.group())
    ]
    return sorted(found, key=lambda finding: finding.start)


def is_id_number(text: str) -> bool:
    """Whether it is a resident identity number: a day of birth that exists and the check digit of GB 11643."""
    digits = re.sub(_GAP, "", text.translate(_WIDE)).upper()
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", digits) or not _is_day(digits[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == digits[17]


def say_findings(found: Iterable[Finding]) -> str:
    """`身份证号 310…12、个人手机号 138…34`, each once."""
    return _("、").join(dict.fromkeys(map(str, found)))


def _is_old_id(digits: str) -> bool:
    """Fifteen digits, without a check digit: the day of birth must exist."""
    return digits[:2] <= "82" and _is_day("19" + digits[6:12])


def _is_day(digits: str) -> bool:
    try:
        date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
    except ValueError:
        return False
    return "1880" <= digits[:4] <= "2100"


def _is_date(text: str) -> bool:
    """`26-11-2026` has the shape of a flat's number; a year at the end says that it is a day."""
    last = re.split(r"[-–—]", text)[-1].strip()
    return bool(re.fullmatch(r"(?:19|20)[0-9]{2}", last)) and "-" in text


def _inside(one: re.Match[str], found: list[Finding]) -> bool:
    return any(finding.start < one.end() and one.start() < finding.end for finding in found)


def _finding(kind: Private, text: str, one: re.Match[str]) -> Finding:
    return Finding(kind, text[one.start() : one.end()], one.start(), one.end())
