"""The letter under which a Chinese name stands in a list from A to Z."""

from __future__ import annotations


def first_letter(name: str) -> str:
    """`高龄津贴` under G; `#` for what begins with neither a character nor a letter."""
    from pypinyin import lazy_pinyin

    sounds = lazy_pinyin(name[:1])
    letter = sounds[0][:1].upper() if sounds and sounds[0] else ""
    return letter if "A" <= letter <= "Z" else "#"
