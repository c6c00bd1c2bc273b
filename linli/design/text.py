"""Small typography: what must not break over two lines, and how a telephone number is grouped."""

import re

# A figure and its measure word, with or without the blank: `3 幢`, `24 小时`.
_MEASURE = re.compile(r"(?<=\d) (?=[\u3400-\u9fff%])")
# A date in Chinese, a day of the week or a time, and the mark at the end of a long part of a sentence with what stands
# before it: they are set as one piece. A title breaks at its marks; a part too long for a line breaks anywhere, also
# before its mark, which then stands alone at the start of a line.
WHOLE = re.compile(
    r"((?:\d{4}年)?\d{1,2}月\d{1,2}日|周[一二三四五六日]|\d{1,2}:\d{2}(?:[—–-]\d{1,2}:\d{2})?"
    r"|(?<=[^\s，。、；：？！]{8})[\u3400-\u9fff][，。、；：？！](?!$))"
)
NBSP = "\u00a0"


def bind(text: str) -> str:
    """The text with no-break spaces between figures and their measure words."""
    return _MEASURE.sub(NBSP, text)


def phone_groups(number: str) -> str:
    """`138 0000 1234`, `0571 8765 4321`, `555 0100`; anything else as it came. No country code for +86."""
    digits = re.sub(r"[\s()-]", "", str(number or ""))
    digits = digits.removeprefix("+86")
    if not digits.isdigit():
        return str(number or "")
    if len(digits) == 11 and digits[0] == "1":
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    if len(digits) in (11, 12) and digits[0] == "0":
        cut = 3 if digits[1] in "12" else 4
        rest = digits[cut:]
        return f"{digits[:cut]} {rest[:-4]} {rest[-4:]}"
    if len(digits) in (7, 8):
        return f"{digits[:-4]} {digits[-4:]}"
    return digits


def code_groups(code: str) -> str:
    """A query code in groups of 4-4-2, as it is read out on the telephone."""
    plain = re.sub(r"[\s-]", "", str(code or ""))
    if len(plain) <= 4:
        return plain
    return " ".join(filter(None, [plain[:4], plain[4:8], plain[8:]]))
