"""How the tests of pages ask and read. Not collected by pytest."""

import re

from django.conf import settings
from django.test import Client
from django.urls import reverse


def url(name, *args):
    return reverse(f"forms:{name}", args=args)


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()).replace("\u00a0", " "))


def browser(person=None):
    client = Client()
    if person:
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def typed(answers):
    """The answers as a browser sends them."""
    found = {}
    for key, value in answers.items():
        if isinstance(value, bool):
            found[f"a-{key}"] = ("on" if key == "agree" else "yes") if value else "no"
        else:
            found[f"a-{key}"] = value
    return found


def begin(client, kind):
    return client.post(url("start", kind.key)).url


def page(address, key, **more):
    return f"{address}?page={key}" + "".join(f"&{name}={value}" for name, value in more.items())


def walk(client, address, *answers):
    """Page after page, as the form leads."""
    at = client.get(address).url
    for some in answers:
        response = client.post(at, typed(some))
        assert response.status_code == 302, text(response)
        at = response.url
    return at


ALL = ({"cars": 2}, {"parks": "yard"}, {"plate_wish": True}, {"trouble": ["full", "walk"]}, {"where": "北面"}, {"measures": ["line"], "fee_ok": False}, {"words": ""})
