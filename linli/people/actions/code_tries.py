"""Typing a home code, with wrong ones counted for the person and for the address he comes from."""

from __future__ import annotations

from datetime import datetime

from linli.areas.api import Area
from linli.common.errors import UserError

from ..account_rules import Try
from ..models import HomeCode
from ..policy import Actor
from .home_codes import find_code, read_code
from .signin_limits import count_try, refuse_if_full


def try_code(*, by: Actor, address: str, typed: str, now: datetime, home: Area | None = None) -> HomeCode:
    """The home code that was typed. Slips of the pen are not counted, only well-formed codes that are nobody's.

    Raises UserError; call it outside of a transaction, so that the count stays.
    """
    code = read_code(typed)
    keys = ((Try.HOME_CODE, str(by.person_id)), (Try.HOME_CODE_FROM, address))
    for kind, key in keys:
        refuse_if_full(kind=kind, key=key, now=now)
    try:
        return find_code(typed=code, now=now, home=home)
    except UserError:
        for kind, key in keys:
            count_try(kind=kind, key=key, now=now)
        raise
