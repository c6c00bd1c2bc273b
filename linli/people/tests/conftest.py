"""A clock that stands still, and a person who just came in."""

from datetime import timedelta

import pytest

from linli.common import clock

from .account_kit import PHONE, come_in
from .factories import NOW, make_person


@pytest.fixture
def time(monkeypatch):
    """A clock that stands still until it is moved."""

    class Time:
        now = NOW

        def pass_(self, **delta):
            self.now += timedelta(**delta)

    frozen = Time()
    monkeypatch.setattr(clock, "now", lambda: frozen.now)
    monkeypatch.setattr("django.utils.timezone.now", lambda: frozen.now)
    return frozen


@pytest.fixture
def person(client, time):
    """He signed in by code a moment ago."""
    made = make_person(phone=PHONE)
    come_in(client)
    return made
