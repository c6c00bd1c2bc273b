"""The operator sees what the doctor says; that nobody else does stands in tests/policy."""

import pytest

from linli.areas.tests.factories import make_cell
from linli.common import doctor
from linli.people.rules import BodyKind, Role

from .factories import make_body, make_person, make_post


@pytest.fixture
def operator(client, settings, db):
    settings.LINLI_STAFF_SECOND_FACTOR = False
    person = make_person()
    make_post(person, make_body(BodyKind.STREET_OFFICE, make_cell()["street"]), Role.OPERATOR)
    client.force_login(person)
    return client


@pytest.mark.django_db
def test_the_operator_reads_what_is_wrong_and_what_to_do(operator):
    text = operator.get("/desk/health/").content.decode()
    assert "系统体检" in text
    assert "后台任务从没运行过" in text
    assert "linli serve" in text


@pytest.mark.django_db
def test_where_all_is_well_the_page_says_so(operator, monkeypatch):
    monkeypatch.setattr(doctor, "examine", lambda now, page: [doctor.well("x", "数据库", "%(kind)s，能读能写", kind="SQLite")])
    text = operator.get("/desk/health/").content.decode()
    assert "样样都好" in text
    assert "SQLite" in text
