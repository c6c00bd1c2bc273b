"""Questions written once give what Django gives, for values of every type."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from linli.common.asked import Asked
from linli.common.ids import uuid7
from linli.common.later import later
from linli.common.models import AuditRow, CacheTag, Session

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = datetime(2026, 5, 19, 8, tzinfo=UTC)


def test_keys_in_any_number_stand_where_one_was_written():
    CacheTag.objects.bulk_create(CacheTag(tag=f"t{n}", version=n) for n in range(9))
    asked = Asked(lambda least, keys: CacheTag.objects.filter(version__gte=least, version__in=keys, tag__startswith="t").order_by("tag").values_list("tag"), int, tuple)
    for keys in ((4,), (1, 2, 5, 7), tuple(range(9))):
        assert asked.rows(2, keys) == [(f"t{n}",) for n in keys if n >= 2]


def test_words_and_moments_are_compared_as_the_database_keeps_them():
    for n in range(3):
        Session.objects.create(key_hash=f"h{n}", data="%s", expires=NOW + timedelta(seconds=n))
    asked = Asked(lambda key, now: Session.objects.filter(key_hash=key, expires__gt=now).values_list("data", "expires"), str, datetime)
    assert asked.rows("h1", NOW) == [("%s", NOW + timedelta(seconds=1))]
    assert asked.rows("h1", NOW + timedelta(seconds=1)) == asked.rows("h1' OR 1=1 --", NOW) == []


def test_keys_of_people_and_days_too():
    who = [uuid7() for _ in range(2)]
    AuditRow.objects.bulk_create(AuditRow(at=NOW, actor=one, action="x") for one in who)
    asked = Asked(lambda actor, day: AuditRow.objects.filter(actor=actor, at__date__gte=day).values_list("actor"), UUID, date)
    assert [asked.rows(one, date(2026, 5, 19)) for one in who] == [[(one,)] for one in who]
    assert asked.rows(who[0], date(2026, 5, 20)) == []


def test_a_module_for_later_is_there_when_it_is_used_and_a_missing_one_is_told_at_once():
    assert later("colorsys").rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)
    with pytest.raises(ModuleNotFoundError):
        later("nothing_of_that_name")
