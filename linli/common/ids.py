"""Keys inside (UUIDv7, RFC 9562 section 5.7) and codes outside (digits with a check digit, ISO/IEC 7064)."""

import secrets
import time
import uuid


def uuid7() -> uuid.UUID:
    """A time-ordered key. Python 3.13 has none of its own; 3.14's uuid.uuid7 replaces this."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return uuid.UUID(int=value)


def check_digit(digits: str) -> str:
    """The check digit of ISO/IEC 7064 MOD 11,10: finds every wrong digit and nearly every swap."""
    product = 10
    for digit in digits:
        product = (int(digit) + product) % 10 or 10
        product = product * 2 % 11
    return str((11 - product) % 10)


def digits_code(length: int = 10) -> str:
    """A random code of `length` digits, the last a check digit; the first is never 0, so that it can be said aloud."""
    body = str(secrets.randbelow(9) + 1) + "".join(str(secrets.randbelow(10)) for _ in range(length - 2))
    return body + check_digit(body)


def check(code: str) -> bool:
    """Whether a code's check digit is right."""
    return len(code) > 1 and code.isascii() and code.isdigit() and check_digit(code[:-1]) == code[-1]
