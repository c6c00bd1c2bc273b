"""What is asked and reported is read strictly; both forms say the same; the document fits OpenAPI 3.1."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.openapi.georeport import asked
from linli.openapi.georeport.forms import JSON, XML, Wrong, written
from linli.openapi.reading.shapes import PAGE, TEXT, Param, Unfit

NOW = datetime(2026, 5, 22, 8, tzinfo=UTC)
GOOD = {"service_code": "light", "description": "路灯不亮", "lat": "30.274151", "long": "120.155150"}


def test_nothing_asked_is_the_last_ninety_days_of_both_states():
    wanted = asked.listing({}, NOW)
    assert (wanted.start, wanted.end, wanted.statuses, wanted.size) == (NOW - timedelta(days=90), NOW, ("open", "closed"), 1000)


def test_dates_are_read_with_their_offset_and_a_plus_that_was_not_escaped():
    wanted = asked.listing({"start_date": "2026-05-01T00:00:00 08:00", "end_date": "2026-05-02T00:00:00Z"}, NOW)
    assert wanted.start == datetime(2026, 4, 30, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    "query",
    [
        {"status": "lost"}, {"start_date": "yesterday"}, {"start_date": "2026-05-03", "end_date": "2026-05-02"},
        {"start_date": "2025-01-01", "end_date": "2026-05-02"}, {"page_size": "0"}, {"page_size": "1001"}, {"page": "x"},
        {"service_request_id": ",".join(str(n) for n in range(201))}, {"service_code": "x" * 65},
        {"start_date": "9999-12-31T23:59:59-23:00"},
    ],
)  # fmt: skip
def test_a_wrong_question_is_refused_with_its_name(query):
    with pytest.raises(Wrong) as caught:
        asked.listing(query, NOW)
    assert caught.value.status == 400
    assert any(name in caught.value.text for name in query)


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"service_code": ""}, "service_code"), ({"description": " "}, "description"), ({"description": "长" * 4001}, "description"),
        ({"lat": "91"}, "lat"), ({"lat": "NaN"}, "lat"), ({"long": ""}, "long"), ({"lat": "", "long": ""}, "address_string"),
        ({"attribute[wish]": "x" * 201}, "attribute[wish]"), ({"email": "x" * 201}, "email"),
    ],
)  # fmt: skip
def test_a_wrong_report_is_refused_with_its_field(change, names):
    with pytest.raises(Wrong) as caught:
        asked.report({**GOOD, **change})
    assert names in caught.value.text


def test_a_position_is_kept_in_millionths_of_a_degree():
    found = asked.report({**GOOD, "attribute[urgency]": "urgent", "attribute[kind][]": "request"})
    assert (found.latitude, found.longitude) == (30274151, 120155150)
    assert found.attributes == {"urgency": "urgent", "kind": "request"}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from([*asked.KNOWN, "lat", "long", "attribute[wish]"]), st.text(max_size=60)))
def test_any_report_is_read_or_refused(form):
    try:
        found = asked.report(form)
    except Wrong as wrong:
        assert wrong.status == 400
    else:
        assert found.words["description"]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.text(max_size=60))
def test_any_text_stands_in_both_forms(text):
    rows = [{"service_request_id": "1", "description": text, "lat": None, "metadata": True}]
    assert json.loads(written(JSON, "service_requests", rows)) == rows
    tree = ElementTree.fromstring(written(XML, "service_requests", rows))  # noqa: S314 - our own answer
    assert (tree.tag, tree[0].tag, tree[0][2].text, tree[0][3].text) == ("service_requests", "request", None, "true")


def test_a_parameter_is_checked_as_the_document_says():
    assert PAGE.read("2") == 2
    for bad in ("0", "-1", "１", "1e3", "99999999999999999"):
        with pytest.raises(Unfit):
            PAGE.read(bad)
    assert Param("state", TEXT, "", among=("open",)).read("open") == "open"
    with pytest.raises(Unfit, match="one of open"):
        Param("state", TEXT, "", among=("open",)).read("lost")
