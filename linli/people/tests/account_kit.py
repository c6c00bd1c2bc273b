"""Coming in as a test does. Not collected by pytest."""

import re

from linli.gateways.api import OutgoingMessage

PHONE, TYPED = "+8613900001111", "139 0000 1111"


def last_code(to=PHONE) -> str:
    message = OutgoingMessage.objects.order_by("created_at", "id").last()
    assert message.recipient == to
    return re.search(r"\b(\d{6})\b", message.body)[1]


def ask(client, typed=TYPED, **extra):
    return client.post("/account/login/", {"phone": typed}, **extra)


def answer(client, code, **more):
    return client.post("/account/login/code/", {"code": code, **more})


def come_in(client, to=PHONE, typed=TYPED):
    ask(client, typed)
    return answer(client, last_code(to))


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session
