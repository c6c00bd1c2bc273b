"""The operator's page of what could not be delivered."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from linli.areas.tests.factories import make_cell
from linli.common.models import AuditRow, OutboxRow
from linli.gateways.api import Channel, Kind, OutgoingMessage, State
from linli.people.rules import BodyKind, Role

from .factories import make_body, make_person, make_post

NOW = datetime(2026, 5, 19, 8, tzinfo=UTC)


@pytest.fixture
def operator(client, db, settings):
    settings.LINLI_STAFF_SECOND_FACTOR = False
    body = make_body(BodyKind.DISTRICT, make_cell()["district"])
    client.force_login(make_post(make_person("程运维"), body, Role.OPERATOR).person)
    return client


@pytest.fixture
def dead(db):
    row = OutboxRow.objects.create(
        kind="DeadlinePassed>casework.tell", key="1", payload={"deadline_id": "geheim"}, state="dead", attempts=12,
        error="TimeoutError", created_at=NOW, due=NOW, ended_at=NOW,
    )  # fmt: skip
    letter = OutgoingMessage.objects.create(
        channel=Channel.SMS, kind=Kind.NOTICE, urgency=5, recipient="+8613800000001", body="内容", state=State.FAILED,
        created_at=NOW, next_try=NOW, expires_at=NOW, ended_at=NOW, attempts=12, trouble="gateway away",
    )  # fmt: skip
    return row, letter


def test_the_page_shows_error_classes_and_no_contents(operator, dead):
    text = operator.get(reverse("people:outbox")).content.decode()
    assert "TimeoutError" in text and "DeadlinePassed&gt;casework.tell" in text and "gateway away" in text
    assert "geheim" not in text and "8613800000001" not in text and "内容" not in text


def test_retry_and_give_up_act_once_with_an_audit_row(operator, dead):
    row, letter = dead
    url = reverse("people:outbox_row", args=[row.pk])
    operator.post(url, {"act": "retry"})
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 0)
    operator.post(url, {"act": "give_up"})
    page = operator.post(url, {"act": "retry"}, follow=True).content.decode()
    assert "已经不在这里了" in page
    url = reverse("people:outbox_message", args=[letter.pk])
    operator.post(url, {"act": "give_up"})
    letter.refresh_from_db()
    assert letter.is_empty
    operator.post(url, {"act": "retry"})
    assert list(AuditRow.objects.filter(action__startswith="out").order_by("id").values_list("action", flat=True)) == [
        "outbox.retry", "outbox.give_up", "outgoing.give_up",
    ]  # fmt: skip


def test_a_message_put_back_waits_again(operator, dead):
    letter = dead[1]
    operator.post(reverse("people:outbox_message", args=[letter.pk]), {"act": "retry"})
    letter.refresh_from_db()
    assert letter.state == State.QUEUED and letter.attempts == 0


def test_nobody_else_sees_it(client, dead):
    assert client.get(reverse("people:outbox")).status_code == 302
    client.force_login(make_person())
    assert client.post(reverse("people:outbox_row", args=[dead[0].pk]), {"act": "retry"}).status_code == 404
    assert client.get(reverse("people:outbox")).status_code == 404
