"""Everything of others that stands below a prefix: anonymous → sign-in, who may not → 404, and only named rooms open."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from linli.people.rules import Role
from tests.policy import world as world_module
from tests.policy.engine import outcome
from tests.policy.prefixes import prefixes, routes_below

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ROWS = prefixes()


@pytest.fixture(scope="module")
def actors(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield world_module.build().actors
        transaction.set_rollback(True)


def browser(person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.prefix)
def test_an_anonymous_visitor_is_sent_to_sign_in_whatever_he_asks_for(row):
    client = Client(raise_request_exception=False)
    for name, path in routes_below(row):
        for verb in ("GET", "POST", "PUT", "DELETE"):
            assert outcome(client.generic(verb, path)) == "login", (verb, name, path)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.prefix)
def test_whoever_may_not_come_in_finds_nothing(row, actors):
    for role in set(Role) - row.allow:
        client = browser(actors[role])
        with transaction.atomic():
            for name, path in routes_below(row):
                for verb in ("GET", "POST"):
                    assert outcome(client.generic(verb, path)) == "hidden", (role, verb, name, path)
            transaction.set_rollback(True)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.prefix)
def test_only_the_named_rooms_open(row, actors):
    clients = [browser(actors[role]) for role in sorted(row.allow)]
    names = {name for name, _path in routes_below(row)}
    assert row.open <= names, f"rooms that are gone: {row.open - names}"
    for client in clients:
        for name, path in routes_below(row):
            if name not in row.open:
                assert outcome(client.get(path)) == "hidden", (name, path)
                assert outcome(client.post(path)) == "hidden", (name, path)
        assert outcome(client.get(row.prefix)) == "ok"
