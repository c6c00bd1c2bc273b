"""Codes and names of the official division table. Pure."""

from __future__ import annotations

import re

# Zero padding of a 12-digit code, by the length that is left. The statistical code is 2+2+2+3+3 digits.
_LENGTHS = (2, 4, 6, 9, 12)
LEVEL_OF_LENGTH = {2: 1, 4: 2, 6: 3, 9: 4, 12: 5}  # models.Level: province to community

# data: what the names of the fifth level end with, slips of the pen in the published table included
_RESIDENTS = r"(?:居民委员会会?|居民委会员|居民委员?|居委员?会?|居民区?委会|家属委员会|家委会|社区委员会)"
_VILLAGE = r"(?:村民委员会|村民委会[员会]|村民委员?|村委员?会|村委)"  # data: villages
_OTHER = r"(?:牧民委员会|牧委会|管理委员会|管委会|委员会|委会)"  # data: pastures, farms, zones
_TAIL = r"(?:[(（](?:社区|筹备组|筹)[)）])?$"  # data: what stands in brackets behind
_AT_END = re.compile(f"(?:(?P<residents>{_RESIDENTS})|(?P<village>{_VILLAGE})|(?P<other>{_OTHER})){_TAIL}")
_ONLY_NUMBER = re.compile(r"第?[一二三四五六七八九十百零〇0-9]+")  # data: numerals
_COMMUNITY = "社区"  # data
_VIRTUAL = "虚拟"  # data: rows that the statistics invent for farms and the like
_HAMLETS = ("村", "嘎查", _COMMUNITY)  # data: what a village's name may already end with


def short_code(code: str, parent: str = "") -> str | None:
    """A division code without its zero padding, or None where it is none. `330102000000` is `330102`.

    Below a parent (without padding) it stays longer than the parent's: `350527000000` below `350527000` is whole.
    """
    if not re.fullmatch(r"[1-9][0-9]+", code) or len(code) not in _LENGTHS:
        return None
    if len(code) == 12:
        for length in _LENGTHS:
            if length > len(parent) and set(code[length:]) <= {"0"}:
                return code[:length]
    return code


def code_at(code: str, level: int) -> str:
    """A stored code, padded or not, in the length of its level."""
    return code[: _LENGTHS[level - 1]]


def level_of(code: str) -> int:
    """The level of a code without padding."""
    return LEVEL_OF_LENGTH[len(code)]


def short_name(official: str) -> str:
    """The community's name: its committee's name with the suffix cut, never cut to nothing or to a bare number.

    `青砖里社区居民委员会` → `青砖里`, `丁村委会` → `丁村`, `第一社区居委会` → `第一社区`, `社区居委会` → `社区`.
    """
    found = _AT_END.search(official)
    stem = official[: found.start()] if found else official
    if found and found["village"] and stem and not stem.endswith(_HAMLETS):
        stem += _HAMLETS[0]
    bare = stem.removesuffix(_COMMUNITY)
    if len(bare) > 1 and not _ONLY_NUMBER.fullmatch(bare) and not bare.endswith(_VIRTUAL):
        return bare
    if len(stem) > 1 and not _ONLY_NUMBER.fullmatch(stem):
        return stem
    return official


def plate_name(name: str, official: str) -> str:
    """What stands on a community's plate: `青砖里社区`; a village or farm stands as it is called."""
    found = _AT_END.search(official)
    urban = not official or _COMMUNITY in official or bool(found and found["residents"])
    if not urban or name == official or name.endswith(_COMMUNITY):
        return name
    return name + _COMMUNITY


def is_virtual(official: str) -> bool:
    """Whether the row stands for no committee: the statistics' own invention."""
    return _VIRTUAL in official


def committee_names(official: str) -> tuple[str, str]:
    """The short and the official name of a fifth-level row's committee."""
    name = short_name(official)
    found = _AT_END.search(official)
    if found and found["village"]:
        return f"{name}村委会", official  # data
    if found:
        return (f"{name}居委会" if found["residents"] and name != official else official), official  # data
    if official.endswith(_COMMUNITY):
        return f"{name}居委会", f"{official}居民委员会"  # data
    return official, official


def office_names(street: str) -> tuple[str, str]:
    """The short and the official name of the office of a street, town or township."""
    if street.endswith("街道"):  # data
        return f"{street}办", f"{street}办事处"  # data
    if street.endswith(("镇", "乡", "苏木")):  # data
        return f"{street}政府", f"{street}人民政府"  # data
    return street, street


def government_names(district: str) -> tuple[str, str]:
    """The short and the official name of a district's government."""
    return f"{district}政府", f"{district}人民政府"  # data
