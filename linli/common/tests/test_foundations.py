"""Ids, text, sealed columns, sessions, audit and its chain, states, ticker."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from linli.common import audit, audit_chain, ids, keys, money, rotate, sealed, ticker
from linli.common.append_only import writable
from linli.common.errors import UserError
from linli.common.models import AuditLink, AuditRow
from linli.common.sessions import SessionStore, end_sessions
from linli.common.states import Row, StateTable, UnknownTransition
from linli.common.text import clean, fold, mask_phone, normalise_phone

NOW = datetime(2026, 5, 19, 8, 0, tzinfo=UTC)


def test_keys_are_version_7_and_ordered_by_time():
    first, second = ids.uuid7(), ids.uuid7()
    assert first.version == 7 and first.variant == "specified in RFC 4122"
    assert abs((first.int >> 80) - (second.int >> 80)) < 1000


@given(st.integers(6, 15), st.integers(0, 14), st.integers(1, 9))
def test_every_wrong_digit_of_a_code_is_found(length, position, change):
    code = ids.digits_code(length)
    assert ids.check(code) and len(code) == length
    position %= length
    wrong = code[:position] + str((int(code[position]) + change) % 10) + code[position + 1 :]
    assert not ids.check(wrong)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("138 0000 1234", "+8613800001234"), ("+86-138-0000-1234", "+8613800001234"), ("１３８００００１２３４", "+8613800001234"),
     ("0086 13800001234", "+8613800001234"), ("+852 5123 4567", "+85251234567")],
)  # fmt: skip
def test_phones_are_read_as_people_type_them(typed, stored):
    assert normalise_phone(typed) == stored


@pytest.mark.parametrize(("typed", "says"), [("138 0000 123", "10"), ("abc", "数字"), ("12345678901", "13"), ("+1", "+852")])
def test_a_wrong_phone_is_told_in_words(typed, says):
    with pytest.raises(UserError, match=says.replace("+", r"\+")):
        normalise_phone(typed)


def test_invisible_characters_are_cut_and_phones_masked():
    assert clean("a\u202eb\u200b ") == "ab"
    assert fold("ＡＢ　 c") == "ab c"
    assert mask_phone("+8613800001234") == "138****1234"


@pytest.mark.parametrize(("typed", "thousandths"), [("67.48", 67480), ("67.480 ㎡", 67480), ("0.001", 1), ("120平米", 120000)])
def test_floor_area_is_exact(typed, thousandths):
    assert money.parse_area(typed) == thousandths


@pytest.mark.parametrize("typed", ["", "a", "-1", "1.0001", "NaN", "1e99"])
def test_a_wrong_floor_area_is_refused(typed):
    with pytest.raises(UserError):
        money.parse_area(typed)


def test_a_sealed_value_opens_only_in_its_own_row():
    value = sealed.seal("13800001234", "table|column|1")
    assert "13800001234" not in value
    assert sealed.unseal(value, "table|column|1") == "13800001234"
    with pytest.raises(sealed.SealBroken):
        sealed.unseal(value, "table|column|2")


def test_an_unknown_transition_raises():
    table = StateTable("lamp", "off", [Row("off", "press", "on")])
    assert table.step("off", "press") == "on"
    with pytest.raises(UnknownTransition):
        table.step("on", "press")


@pytest.mark.django_db
def test_a_session_is_sealed_and_its_key_hashed():
    store = SessionStore()
    store["phone"] = "13800001234"
    store["_auth_user_id"] = "me"
    store.create()
    store.save()
    row = SessionStore.get_model().objects.get()
    assert store.session_key not in row.key_hash and "13800001234" not in row.data
    assert SessionStore(store.session_key)["phone"] == "13800001234"
    assert end_sessions("me") == 1
    assert SessionStore(store.session_key).get("phone") is None


def _rows(number: int) -> None:
    for n in range(number):
        audit.record(actor=None, action="test", now=NOW + timedelta(seconds=n), detail={"n": n})


@pytest.mark.django_db
def test_the_audit_log_refuses_update_and_delete():
    _rows(1)
    for verb in (lambda: AuditRow.objects.update(action="x"), lambda: AuditRow.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            verb()
    assert AuditRow.objects.get().action == "test"


@pytest.fixture
def chained(tmp_path):
    """Six chained rows and a checkpoint at the sixth."""
    _rows(6)
    assert audit_chain.extend() == 6
    audit_chain.write_checkpoint(NOW, tmp_path)
    assert audit_chain.verify(tmp_path) == []
    return tmp_path


@pytest.mark.django_db(transaction=True)
class TestTampering:
    """Each thing an intruder with the database (and even the signing key's machine) may try."""

    def test_an_edited_row_is_found(self, chained):
        with writable("linli_common_auditrow"):
            AuditRow.objects.filter(detail={"n": 3}).update(action="nothing")
        assert any("4 号" in f.message for f in audit_chain.verify(chained))

    def test_a_removed_row_is_found(self, chained):
        with writable("linli_common_auditrow", "linli_common_auditlink"):
            AuditLink.objects.filter(seq=3).delete()
            AuditRow.objects.filter(detail={"n": 2}).delete()
        assert audit_chain.verify(chained)

    def test_a_cut_tail_is_found_against_a_checkpoint(self, chained):
        with writable("linli_common_auditrow", "linli_common_auditlink"):
            AuditLink.objects.filter(seq__gt=4).delete()
            AuditRow.objects.filter(detail__n__gt=3).delete()
        assert audit_chain.verify(chained / "nowhere") == []
        assert any("截掉" in f.message for f in audit_chain.verify(chained))

    def test_a_rebuilt_chain_is_found_against_a_checkpoint(self, chained):
        with writable("linli_common_auditrow", "linli_common_auditlink"):
            AuditRow.objects.filter(detail={"n": 1}).update(action="other")
            AuditLink.objects.all().delete()
            audit_chain.extend()
        assert audit_chain.verify(chained / "nowhere") == []
        assert any("重做" in f.message for f in audit_chain.verify(chained))

    def test_a_forged_checkpoint_is_found(self, chained):
        path = next(chained.glob("*.json"))
        path.write_text(path.read_text().replace('"seq": 6', '"seq": 5'))
        assert any("签名" in f.message for f in audit_chain.verify(chained))


@pytest.mark.django_db
def test_a_job_runs_once_when_due_and_again_only_later():
    ran = []

    def job(now):
        ran.append(now)

    ticker.every(minutes=5)(job)
    name = f"{__name__}.job"
    try:
        assert name in ticker.run_due(NOW)
        assert name not in ticker.run_due(NOW + timedelta(minutes=4))
        assert name in ticker.run_due(NOW + timedelta(days=2))
        assert len(ran) == 2
    finally:
        ticker._jobs.pop(name)


@pytest.mark.django_db
def test_rotation_keeps_every_value_readable_and_findable(settings, tmp_path):
    from linli.people.models import Identifier, Person

    settings.LINLI_DATA = tmp_path
    (tmp_path / "secrets").mkdir()
    keys.write_ring("columns", keys.Ring("k1", {"k1": b"1" * 32}))
    keys.write_ring("index", keys.Ring("i1", {"i1": b"2" * 32}))
    person = Person.objects.create(display_name="测试", created_at=NOW, legal_name="何立群")
    Identifier.objects.create(person=person, kind="phone", value="+8613800001234", verified_at=NOW)
    for _n in range(2):
        rotate.rotate_keys(drop_old=True)
        assert Person.objects.get().legal_name == "何立群"
        assert Identifier.objects.of_value("+8613800001234").get().value == "+8613800001234"
    assert list(keys.ring("columns").keys) == ["k3"]


@pytest.mark.django_db
def test_no_sealed_text_stands_in_the_database_file():
    if connection.vendor != "sqlite":
        pytest.skip("reads the SQLite file itself")
    from linli.people.models import Person

    Person.objects.create(display_name="甲", created_at=NOW, legal_name="金丝雀姓名")
    with connection.cursor() as cursor:
        raw: sqlite3.Connection = cursor.db.connection
        dump = "\n".join(raw.iterdump())
    assert "金丝雀姓名" not in dump and "甲" in dump
