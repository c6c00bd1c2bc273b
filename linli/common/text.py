"""Text as people type it, made comparable; and personal data made unreadable."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from .errors import UserError

# Format characters (bidi overrides, zero width) and controls, but not tab and newline.
_INVISIBLE = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def clean(text: str) -> str:
    """Typed text without invisible characters, outer white space cut, full-width letters and digits kept."""
    return _INVISIBLE.sub("", text).strip()


def fold(text: str) -> str:
    """Text for comparing: NFKC (full-width digits and letters become plain), lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", clean(text)).lower().split())


def normalise_phone(text: str) -> str:
    """A phone number as E.164, mainland China where no country is named.

    Raises UserError that says what is wrong with it, in words.
    """
    digits = re.sub(r"[\s()\-·.]", "", unicodedata.normalize("NFKC", clean(text)))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if digits.startswith("+86"):
        digits = digits[3:]
    elif digits.startswith("+"):
        if re.fullmatch(r"\+[1-9]\d{7,14}", digits):
            return digits
        raise UserError(_("这个国际号码不完整，请连国家代码一起写，比如 +852 5123 4567"))
    if not digits.isdigit():
        raise UserError(_("手机号只能是数字，比如 138 0000 1234"))
    if len(digits) != 11:
        raise UserError(_("手机号应是 11 位，现在是 %(n)d 位") % {"n": len(digits)})
    if not re.fullmatch(r"1[3-9]\d{9}", digits):
        raise UserError(_("这不像手机号：手机号以 13 到 19 开头"))
    return "+86" + digits


def mask_phone(phone: str) -> str:
    """`138****1234`."""
    bare = phone.removeprefix("+86")
    return f"{bare[:3]}****{bare[-4:]}" if len(bare) > 7 else "****"


def mask_name(name: str) -> str:
    """`张*`."""
    return name[:1] + "*" if name else ""


def mask_email(address: str) -> str:
    """`z***@example.org`."""
    user, _at, host = address.partition("@")
    return f"{user[:1]}***@{host}" if host else "***"
