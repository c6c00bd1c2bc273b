"""When things are said: neighbours between getting up and going to bed, offices in their hours."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from linli.common import clock

from .forum_texts import Talk

_HOURS = (7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22)
_OFTEN = (4, 7, 6, 5, 5, 7, 5, 4, 4, 5, 6, 8, 11, 13, 11, 6)
LATEST = timedelta(minutes=4)  # nothing is younger


def moments(now: datetime, talk: Talk, offices: list[bool], rng: random.Random) -> list[datetime]:
    """The time of each post of a topic, in order, none after now."""
    at = _begin(now, talk.days, offices[0], rng)
    found = [at]
    for line, office in zip(talk.lines[1:], offices[1:], strict=True):
        gap = line.gap
        if gap is None:
            gap = timedelta(minutes=rng.lognormvariate(5.2, 0.7) if office else rng.lognormvariate(3.5, 1.3))
        elif gap >= timedelta(hours=2):
            gap += timedelta(minutes=rng.randint(-50, 70))
        at += max(gap, timedelta(seconds=40))
        if line.gap is None or line.gap >= timedelta(hours=3):
            at = _office(at, rng) if office else _awake(at, rng)
        found.append(at)
    return _squeezed(found, now - LATEST)


def _begin(now: datetime, days: float, office: bool, rng: random.Random) -> datetime:
    at = now - timedelta(days=days)
    if days < 1:
        return at
    hour = rng.randint(9, 16) if office else rng.choices(_HOURS, _OFTEN)[0]
    local = at.astimezone(clock.SHANGHAI)
    found = local.replace(hour=hour, minute=rng.randrange(60), second=rng.randrange(60), microsecond=0)
    return found if found < now - timedelta(hours=6) else at


def _awake(at: datetime, rng: random.Random) -> datetime:
    local = at.astimezone(clock.SHANGHAI)
    if local.hour == 0 and rng.random() < 0.3:
        return at
    if local.hour < 6 or (local.hour == 6 and local.minute < 20):
        return local.replace(hour=6, minute=rng.randint(20, 59)) + timedelta(minutes=rng.expovariate(1 / 60))
    return at


def _office(at: datetime, rng: random.Random) -> datetime:
    """The same day between half past eight and six, or the next morning."""
    local = at.astimezone(clock.SHANGHAI)
    if local.hour >= 18:
        local += timedelta(days=1)
        return local.replace(hour=8, minute=rng.randint(30, 59)) + timedelta(minutes=rng.expovariate(1 / 50))
    if local.hour < 8:
        return local.replace(hour=8, minute=rng.randint(30, 59)) + timedelta(minutes=rng.expovariate(1 / 50))
    return at


def _squeezed(found: list[datetime], latest: datetime) -> list[datetime]:
    first, last = found[0], found[-1]
    if last <= latest:
        return found
    share = (latest - first) / (last - first)
    return [first + (at - first) * share for at in found]
