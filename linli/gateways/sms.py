"""How a text becomes short messages (3GPP TS 23.038 and 23.040). Pure.

In the GSM alphabet a message holds 160 septets, 153 where it is one part of several; `^{}\\[~]|€` take two.
Any other text goes as UCS-2: 70 code units, 67 in a part.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")
GSM_ONE, GSM_PART = 160, 153
UCS_ONE, UCS_PART = 70, 67
MOST_PARTS = 255
_JOINER = "\u200d"


def is_gsm(text: str) -> bool:
    """Whether every character is in the GSM alphabet or its extension."""
    return all(char in BASIC or char in EXTENDED for char in text)


def size(text: str) -> int:
    """Septets of a GSM text, else UCS-2 code units."""
    if is_gsm(text):
        return sum(2 if char in EXTENDED else 1 for char in text)
    return sum(_units(char) for char in text)


def split_sms(text: str) -> list[str]:
    """The parts; joined they are the text. One part where it fits.

    No part ends inside a surrogate pair or an escape, nor before a combining mark or a joined emoji, unless that
    cluster alone is longer than a part. Raises ValueError for more parts than a message can number.
    """
    gsm = is_gsm(text)
    if size(text) <= (GSM_ONE if gsm else UCS_ONE):
        return [text]
    limit = GSM_PART if gsm else UCS_PART
    parts, now, used = [], "", 0
    for cluster in _clusters(text):
        for piece in [cluster] if _width(cluster, gsm) <= limit else cluster:
            width = _width(piece, gsm)
            if used + width > limit:
                parts.append(now)
                now, used = "", 0
            now, used = now + piece, used + width
    parts.append(now)
    if len(parts) > MOST_PARTS:
        raise ValueError("the text is longer than 255 short messages")
    return parts


def _units(char: str) -> int:
    return 2 if ord(char) > 0xFFFF else 1


def _width(text: str, gsm: bool) -> int:
    """In the coding of the whole text, not of the piece."""
    if gsm:
        return sum(2 if char in EXTENDED else 1 for char in text)
    return sum(_units(char) for char in text)


def _clusters(text: str) -> Iterator[str]:
    """Characters with what clings to them: marks, variation selectors, skin tones, joined emoji, flags, CR LF."""
    cluster = ""
    for char in text:
        if cluster and not _clings(cluster, char):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def _clings(before: str, char: str) -> bool:
    last = before[-1]
    if last == "\r":
        return char == "\n"
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Mc") or char == _JOINER:
        return True
    if last == _JOINER or 0x1F3FB <= ord(char) <= 0x1F3FF or 0xE0020 <= ord(char) <= 0xE007F:
        return True
    return _is_flag(char) and len(before) == 1 and _is_flag(before)


def _is_flag(char: str) -> bool:
    return 0x1F1E6 <= ord(char) <= 0x1F1FF
