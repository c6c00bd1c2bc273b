"""The reading interface: the document is OpenAPI 3.1, and no question that it allows makes the server fail."""

from __future__ import annotations

from urllib.parse import urlencode

import jsonschema
import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as speed
from schemathesis.generation import GenerationMode

from linli.casework.models import Case
from linli.common.ids import uuid7
from linli.openapi.reading.document import document
from linli.openapi.reading.resources import RESOURCES
from linli.people.tests.factories import NOW
from linli.people.tests.town import make_town

pytestmark = pytest.mark.django_db
DOCUMENT = document(RESOURCES, server="http://testserver/api/v1")


@pytest.fixture
def town(settings):
    settings.LINLI_PAGE_CACHE = 0
    return make_town()


def check(client: Client, name: str, **query: str) -> dict:
    """An answer that is what the document promises."""
    answer = client.get(f"/api/v1/{name}", query)
    assert answer.status_code == 200, answer.content
    fits(name, answer.json())
    return answer.json()


def fits(name: str, value: object) -> None:
    schema = DOCUMENT["paths"][f"/{name}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.Draft202012Validator({**schema, "components": DOCUMENT["components"]}).validate(value)


def test_the_document_is_served_and_names_every_resource(client, town):
    served = client.get("/api/v1/openapi.json").json()
    assert served["openapi"] == "3.1.0"
    assert set(served["paths"]) == {f"/{row.name}" for row in RESOURCES}


def test_places_come_by_parent_and_page(client, town):
    whole = check(client, "places")
    assert {"纺机新村", "青砖里"} <= {row["name"] for row in whole["items"]}
    first = check(client, "places", per_page="1")
    assert len(first["items"]) == 1 and "page=2" in first["next"]
    street = next(row for row in whole["items"] if row["level"] == 4)
    below = check(client, "places", parent=str(street["id"]))
    assert {row["parent"] for row in below["items"]} == {street["id"]}


def test_days_come_with_their_reasons_and_years_without_a_table_are_not_invented(client, town):
    days = check(client, "days", year="2026", per_page="200", page="2")["items"]
    assert len(days) == 165
    off = {row["date"]: row for row in days}["2026-10-01"]
    assert not off["working"] and off["reason"]
    assert client.get("/api/v1/days?year=2099").status_code == 404


def test_only_public_cases_are_given_out(client, town):
    facts = {"place": town.place, "title": "灯", "text": "何立群家门口", "made_at": NOW, "changed_at": NOW, "submitted_at": NOW}
    for n, visibility in enumerate(("private", "asked", "public")):
        Case.objects.create(
            code=str(n) * 15, key=str(uuid7()), state="submitted", visibility=visibility, public_text="路灯不亮", **facts
        )
    (row,) = check(client, "cases")["items"]
    assert row["text"] == "路灯不亮"


def test_a_wrong_question_is_answered_as_a_problem_with_the_parameter(client, town):
    for query, name in (("page=0", "page"), ("colour=red", "colour"), ("level=9", "level"), ("parent=x", "parent")):
        answer = client.get(f"/api/v1/places?{query}")
        assert (answer.status_code, answer["Content-Type"], answer.json()["parameter"]) == (400, "application/problem+json", name)
    assert client.get("/api/v1/notices").json()["parameter"] == "site"
    assert client.get("/api/v1/nothing").status_code == 404
    assert client.post("/api/v1/places").status_code == 405


schema = schemathesis.openapi.from_dict(DOCUMENT)


@pytest.mark.parametrize("name", [row.name for row in RESOURCES])
def test_no_question_makes_the_server_fail_and_every_answer_is_in_the_document(name, client, town):
    """Questions from schemathesis, good and bad; by Django's client, since its own asks from another thread."""
    asked = schemathesis.openapi.from_dict(DOCUMENT)[f"/{name}"]["GET"].as_strategy(generation_mode=GenerationMode.NEGATIVE)
    asked |= schemathesis.openapi.from_dict(DOCUMENT)[f"/{name}"]["GET"].as_strategy()

    @given(case=asked)
    @speed(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def ask(case):
        answer = client.generic(case.method, f"/api/v1/{name}", QUERY_STRING=urlencode(case.query or {}, doseq=True))
        described = DOCUMENT["paths"][f"/{name}"]["get"]["responses"]
        assert str(answer.status_code) in described and answer.status_code < 500, answer.content
        if answer.status_code == 200:
            fits(name, answer.json())

    ask()
