"""The figures of sign-in and accounts, and the rules over dates. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils.translation import gettext_lazy

from linli.common.clock import SHANGHAI, local_date


class Try(models.TextChoices):
    """What is counted. Keys are hashed; nothing says whose number or address it was."""

    CODE_TO = "code_to"  # codes sent to one number or address
    CODE_FROM = "code_from"  # codes asked for by one client address
    CODE = "code"  # guesses at one code
    PASSWORD = "password"  # noqa: S105 - wrong passwords for one account
    PASSWORD_FROM = "password_from"  # noqa: S105 - wrong passwords from one client address
    FACTOR = "factor"  # wrong second factors of one person
    HOME_CODE = "home_code"  # wrong home codes typed by one person
    HOME_CODE_FROM = "home_code_from"  # wrong home codes from one client address
    REPORT_FROM = "report_from"  # cases reported without an account from one client address
    CASE_FROM = "case_from"  # wrong codes or passphrases of cases from one client address
    CASE_CODE = "case_code"  # wrong passphrases for one code
    SPENT = "spent"  # codes that were used, so that none is used twice


@dataclass(frozen=True)
class Budget:
    """At most `amount` within `window`; no window: within a calendar day of Shanghai."""

    amount: int
    window: timedelta | None = None

    def since(self, now: datetime) -> datetime:
        if self.window:
            return now - self.window
        return datetime.combine(local_date(now), time.min, tzinfo=SHANGHAI)


# A neighbourhood may stand behind one address (carrier NAT), so the address budgets are wide and the others narrow.
BUDGETS: dict[Try, tuple[Budget, ...]] = {
    Try.CODE_TO: (Budget(5),),
    Try.CODE_FROM: (Budget(150, timedelta(hours=1)), Budget(600)),
    Try.CODE: (Budget(5, timedelta(hours=1)),),
    Try.PASSWORD: (Budget(5),),
    Try.PASSWORD_FROM: (Budget(150, timedelta(hours=1)),),
    Try.FACTOR: (Budget(5, timedelta(minutes=5)), Budget(30)),
    Try.HOME_CODE: (Budget(10),),
    Try.HOME_CODE_FROM: (Budget(100, timedelta(hours=1)),),
    Try.REPORT_FROM: (Budget(20, timedelta(hours=1)), Budget(60)),
    Try.CASE_FROM: (Budget(30, timedelta(hours=1)), Budget(150)),
    Try.CASE_CODE: (Budget(10),),
}
CODE_LASTS = timedelta(minutes=5)
CODE_PAUSE = timedelta(seconds=60)  # between two codes to one number
KEPT = timedelta(days=2)  # how long counted tries are kept
LINK_LASTS = timedelta(hours=24)
UNSEEN = timedelta(days=90)  # numbers come back into trade about 90 days after they are given up
GUARDED_UNTIL = 14  # Personal Information Protection Law, article 31
NAME_LENGTH = 40
LANGUAGES = (("zh-hans", gettext_lazy("简体中文")), ("en", "English"))


def fourteenth_birthday(born: date) -> date:
    """The first day on which no guardian is needed. Who was born on 29 February is protected through 28 February."""
    try:
        return born.replace(year=born.year + GUARDED_UNTIL)
    except ValueError:
        return date(born.year + GUARDED_UNTIL, 3, 1)


def is_under_14(born: date, day: date) -> bool:
    return day < fourteenth_birthday(born)
