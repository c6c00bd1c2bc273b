"""A small directory for tests. Not collected by pytest."""

from datetime import UTC, date, datetime

from linli.calendar.api import read_hours
from linli.portal.actions.directory import save_entry
from linli.portal.directory_rules import Facts, Group, Number

NOW = datetime(2026, 5, 19, 8, 0, tzinfo=UTC)  # a Tuesday, 16:00 in Shanghai
TODAY = date(2026, 5, 19)


def facts(place, name="苗师傅修理铺", number="5550166", **more) -> Facts:
    values = {
        "group": Group.EVERYDAY, "wants": ("修家电",), "phones": (Number(number),), "hours": read_hours("每天 8:00—19:00"),
        "verified_on": TODAY, **more,
    }  # fmt: skip
    return Facts(name=name, place=place.pk, **values)


def make_entry(place, name="苗师傅修理铺", number="5550166", by=None, **more):
    return save_entry(facts=facts(place, name, number, **more), entry=None, by=by, now=NOW)
