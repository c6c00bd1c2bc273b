"""The paper codes of homes: printed, void, read back. Only keyed hashes are stored."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area, Level
from linli.common import audit, clock
from linli.common.errors import NotAllowed, UserError
from linli.common.ids import check, digits_code
from linli.common.sealed import digests
from linli.common.text import clean

from .. import rules
from ..models import HomeCode
from ..permissions import P
from ..policy import Actor, may

DOMAIN = "home_code"
MOST_HOMES = 600  # in one print; a larger compound is printed building by building


@dataclass(frozen=True)
class Slip:
    """One paper: the home and its code in clear, which exists nowhere else."""

    home: Area
    code: str


def code_hash(code: str) -> str:
    return digests(DOMAIN, code)[0]


@transaction.atomic
def print_codes(*, by: Actor, place: Area, now: datetime) -> list[Slip]:
    """A fresh code for each home of a building or compound (or for one home). Former codes are void at once.

    Raises UserError where there is no home, or too many for one print.
    """
    if by.person is None or not may(by, P.CODES_PRINT, place):
        raise NotAllowed(_("没有这个地方"))
    homes = list(homes_of(place, now))
    if not homes:
        raise UserError(_("这里还没有登记住户，先导入楼盘表再印"))
    if len(homes) > MOST_HOMES:
        raise UserError(_("这里有 %(n)d 户，一次最多印 %(max)d 户，请按楼栋印") % {"n": len(homes), "max": MOST_HOMES})
    HomeCode.objects.filter(home__in=homes, void_at=None).update(void_at=now)
    slips = [Slip(home, digits_code(rules.CODE_LENGTH)) for home in homes]
    HomeCode.objects.bulk_create(
        HomeCode(
            home=slip.home,
            code_hash=code_hash(slip.code),
            printed_at=now,
            printed_by=by.person,
            expires_at=now + timedelta(days=rules.CODE_DAYS),
            uses_left=rules.CODE_USES,
        )
        for slip in slips
    )
    audit.record(actor=by, action="home_code.print", subject=place, place=place, detail={"homes": len(homes)}, now=now)
    return slips


def homes_of(place: Area, now: datetime) -> Iterable[Area]:
    """The homes at or below the place, in the order in which one walks through the house."""
    homes = Area.objects.under(place).level(Level.HOME).valid_on(clock.local_date(now))
    return homes.select_related("parent", "parent__parent").order_by(
        "parent__parent__sort", "parent__parent_id", "parent__sort", "parent_id", "sort", "id"
    )


def read_code(typed: str) -> str:
    """The twelve digits as typed or scanned. Raises UserError that says which place is wrong, where one can tell."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", clean(typed)) if not c.isspace() and c not in "-·.—_")
    for place, character in enumerate(plain[:40], start=1):
        if not (character.isascii() and character.isdigit()):
            facts = {"n": place, "character": character}
            raise UserError(_("入户码第 %(n)d 位是“%(character)s”，应是数字，请再看一遍") % facts, field="code")
    if not plain:
        raise UserError(_("请写纸上的 12 位入户码"), field="code")
    if len(plain) != rules.CODE_LENGTH:
        facts = {"length": rules.CODE_LENGTH, "n": len(plain)}
        raise UserError(_("入户码应是 %(length)d 位，现在是 %(n)d 位") % facts, field="code")
    if not check(plain):
        raise UserError(_("入户码有一位不对，请对着纸再看一遍"), field="code")
    return plain


def find_code(*, typed: str, now: datetime, home: Area | None = None) -> HomeCode:
    """The code in force that was typed. `home`: only its own counts. Raises UserError that says what to do.

    The caller counts tries (`actions.limits`).
    """
    code = HomeCode.objects.filter(code_hash__in=digests(DOMAIN, read_code(typed))).select_related("home").first()
    if code is None:
        raise UserError(_("没有这张入户码。请对着纸再看一遍，或到居委会换一张"), field="code")
    if home is not None and code.home_id != home.pk:
        raise UserError(_("这张入户码是另一户的，请拿这一户的纸"), field="code")
    if code.void_at is not None:
        raise UserError(_("这张入户码已作废：居委会后来印过新的。请找新的那张"), field="code")
    if code.expires_at <= now:
        raise UserError(_("这张入户码已过期。请到居委会换一张，或选别的办法"), field="code")
    if code.uses_left == 0:
        raise UserError(_("这张入户码已用满 %(n)d 次。请到居委会换一张") % {"n": rules.CODE_USES}, field="code")
    return code


def in_force(place: Area, now: datetime) -> int:
    """How many homes at or below the place have a code that counts."""
    live = Q(void_at=None, expires_at__gt=now, uses_left__gt=0)
    return HomeCode.objects.filter(live, home__path__under=place.path).count()
