"""Every route × verb × role × relation, against the hand-written tables. See README.md."""

from __future__ import annotations

import copy
import re
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from linli.people.rules import Role
from tests.policy import engine
from tests.policy import world as world_module
from tests.policy.engine import Expectation, address, nothing_like, outcome

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ROWS = engine.expectations()
OWN_BOOKKEEPING = {"session", "auditrow", "auditlink", "job", "attempt"}
CANARY = re.compile(r"金丝雀[^\s<&\"]*?(?:名|说明\d+|册\d+)|199[01][01]\d{6,7}|canary-[\w-]+@example\.org")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once; every question is asked inside a savepoint of its own that is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        built = world_module.build()
        yield built
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clients(world, django_db_blocker):
    """A signed-in browser for every role, and one for nobody."""
    found = {"anonymous": Client()}
    for role, person in world.actors.items():
        found[role] = Client()
        found[role].force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return found


def ask(client: Client, verb: str, url: str):
    """One question, whose effects are undone."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        before = counts() if verb == "POST" else None
        client.raise_request_exception = False
        response = client.generic(verb, url, b"", content_type="application/x-www-form-urlencoded")
        changed = before is not None and counts() != before
        transaction.set_rollback(True)
    client.cookies = cookies
    return response, changed


def counts() -> tuple[int, ...]:
    """How many rows each table of ours has; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_counting())
        return tuple(cursor.fetchone())


@cache
def _counting() -> str:
    own = [m for m in apps.get_models() if m._meta.app_label.startswith("linli_") and m._meta.managed and not m._meta.proxy]
    tables = [m._meta.db_table for m in own if m._meta.model_name not in OWN_BOOKKEEPING]
    return "SELECT " + ", ".join(f'(SELECT COUNT(*) FROM "{table}")' for table in tables)  # noqa: S608 - names of our tables


MOST = 2  # objects asked for in each relation to the actor's place; all its roles and relations are asked
MOST_PUBLIC = 1


def things(world, row: Expectation, role: str):
    """The objects to ask for: (object, relation of its place, whether it is the actor's own)."""
    if not row.object:
        return [(None, "any", False)]
    place = world.place_of.get(role)
    by_relation: dict[str, list[Any]] = {}
    for spot in world.spots:
        if row.object in spot.objects:
            relation = world_module.relation(place, spot.path) if place else "foreign"
            by_relation.setdefault(relation, []).append(spot.objects[row.object])
    most = MOST_PUBLIC if row.access == "public" else MOST
    found = [(thing, relation, False) for relation, some in by_relation.items() for thing in some[:most]]
    if row.self and row.object in world.own.get(role, {}):
        found.append((world.own[role][row.object], "self", True))
    return found


def test_every_route_is_in_a_table_and_every_row_is_a_route():
    named = {name for name, _route, _pattern in engine.routes()}
    expected = {row.name for row in ROWS.values()}
    assert named - expected == set(), "routes that no table names"
    assert expected - named == set(), "rows whose route is gone"


@pytest.mark.parametrize("name", sorted(ROWS))
def test_answers_are_as_the_table_says(name, world, clients):
    row = ROWS[name]
    wrong = []
    for role, client in clients.items():
        for thing, relation, is_self in things(world, row, role):
            url = address(row, thing)
            for verb in row.verbs:
                response, changed = ask(client, verb, url)
                expected = expected_outcome(row, role, relation, is_self)
                got = outcome(response)
                if got != expected and not (expected == "ok" and got in row.also):
                    wrong.append(f"{role} {verb} {url} ({relation}): {got} {response.status_code}, expected {expected}")
                if got in {"hidden", "login"} and changed:
                    wrong.append(f"{role} {verb} {url}: denied, yet something changed")
                wrong += leaks(world, row, role, url, response)
    assert not wrong, "\n".join([f"{len(wrong)} wrong answers", *wrong[:25]])


def expected_outcome(row: Expectation, role: str, relation: str, is_self: bool) -> str:
    if role == "anonymous":
        return "ok" if row.access in {"public", "demo"} and row.allows(role, relation) else (
            "hidden" if row.access in {"public", "demo"} else "login"
        )  # fmt: skip
    return "ok" if row.allows(role, relation, is_self=is_self) else "hidden"


def leaks(world, row: Expectation, role: str, url: str, response) -> list[str]:
    """Canaries of others in an answer's body or headers."""
    if row.shows == "canary" or getattr(response, "streaming", False):
        return []
    me = str(world.actors[role].pk) if role in world.actors else "-"
    text = response.content.decode("utf-8", "replace") + str(response.headers)
    return [
        f"{role} {url} shows {canary}"
        for canary in set(CANARY.findall(text))
        if world.canaries.get(canary, "") != me and not (row.shows and canary.startswith(row.shows))
    ]


@pytest.mark.parametrize("name", sorted(name for name, row in ROWS.items() if row.object))
def test_what_does_not_exist_answers_like_what_is_hidden(name, world, clients):
    row = ROWS[name]
    thing = next(spot.objects[row.object] for spot in world.spots if row.object in spot.objects)
    url = address(row, nothing_like(thing))
    for role in ("anonymous", Role.RESIDENT, Role.RESIDENTS_COMMITTEE, Role.DISTRICT):
        response, _changed = ask(clients[role], row.verbs[0], url)
        expected = "hidden" if role != "anonymous" or row.access in {"public", "demo"} else "login"
        assert outcome(response) == expected, (role, url)


@pytest.mark.parametrize("name", sorted(ROWS))
def test_other_verbs_do_nothing(name, world, clients):
    row = ROWS[name]
    for role in ("anonymous", Role.RESIDENTS_COMMITTEE, Role.STREET_OFFICE):
        thing = things(world, row, role)[0][0]
        for verb in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"} - set(row.verbs):
            response, changed = ask(clients[role], verb, address(row, thing))
            assert outcome(response) in {"method", "hidden", "login", "refused"}, (role, verb, response.status_code)
            assert not changed


def test_the_world_has_every_relation_that_can_confuse(world):
    place = world.place_of[Role.RESIDENTS_COMMITTEE]
    found = {world_module.relation(place, spot.path) for spot in world.spots}
    assert found == {"own", "below", "above", "beside", "confusable", "foreign"} - {"beside"}
    place = world.place_of[Role.PROPERTY_COMPANY]
    assert "confusable" in {world_module.relation(place, spot.path) for spot in world.spots}


def test_no_post_is_accepted_without_its_token(world):
    """Every route that acts refuses a form from elsewhere, whoever sends it (ASVS 3.5.1)."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.actors[Role.RESIDENTS_COMMITTEE], backend=settings.AUTHENTICATION_BACKENDS[0])
    accepted = []
    for name, row in ROWS.items():
        if "POST" not in row.verbs:
            continue
        thing = things(world, row, Role.RESIDENTS_COMMITTEE)[0][0]
        response, changed = ask(client, "POST", address(row, thing))
        # A mail program unsubscribes with the sealed link alone (RFC 8058); a false link is gone.
        if outcome(response) not in {"refused", *(row.also & {"gone"})} or changed:
            accepted.append((name, response.status_code))
    assert not accepted
