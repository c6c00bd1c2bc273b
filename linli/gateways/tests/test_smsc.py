"""The SMPP adapter against a real SMSC, the `smpp` package of npm run by node."""

import json
import os
import queue
import shutil
import subprocess
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from linli.config.instance import write_secret
from linli.gateways.actions import outgoing
from linli.gateways.adapters import Parcel, Unavailable
from linli.gateways.adapters.smpp import PATIENCE, SmppAdapter
from linli.gateways.models import OutgoingMessage, OutgoingPart
from linli.gateways.rules import THROTTLED, Channel, State
from tools.browser import fetch

NOW = datetime(2026, 5, 19, 8, 0, tzinfo=UTC)
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def missing(reason):
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def running(throttle=0, manner=""):
    """An SMSC on a free port; gives the port and a function that lists what it has said since the last call."""
    node = shutil.which("node")
    if node is None:
        missing("node is not installed; it runs the SMSC")
    try:
        modules = fetch.modules_of(fetch.SMSC)
    except fetch.Missing as error:
        missing(str(error))
    script = str(Path(__file__).with_name("smsc.js"))
    paths = {"NODE_PATH": str(modules), "PATH": os.environ["PATH"]}
    with subprocess.Popen([node, script, str(throttle), manner], stdout=subprocess.PIPE, text=True, env=paths) as process:
        said = queue.Queue()
        threading.Thread(target=lambda: [said.put(json.loads(line)) for line in process.stdout], daemon=True).start()
        try:
            yield said.get(timeout=20)["port"], lambda: _drain(said)
        finally:
            process.terminate()


def _drain(said):
    found = []
    while True:
        try:
            found.append(said.get(timeout=0.3))
        except queue.Empty:
            return found


def adapter_to(port, settings, monkeypatch):
    write_secret(settings.LINLI_DATA, "gateway", "geheim\n")
    options = {"user": "linli", "password_file": "gateway", "sender": "10690123", "security": "none"}
    monkeypatch.setattr(outgoing, "adapter_for", lambda channel: SmppAdapter(host="127.0.0.1", port=port, **options))


def bound_to(port, settings, **more):
    write_secret(settings.LINLI_DATA, "gateway", "geheim\n")
    return SmppAdapter(host="127.0.0.1", port=port, user="linli", password_file="gateway", security="none", **more)


def parcel(number):
    return Parcel(f"k{number}", "+8613800000001", "停水")


def sms(text, number=1):
    return outgoing.queue_message(channel=Channel.SMS, to=f"+86138000000{number:02d}", text=text, kind="notice", now=NOW)


def state(message):
    return OutgoingMessage.objects.get(pk=message.pk).state


def test_long_texts_go_in_parts_and_count_as_delivered_when_each_part_does(settings, monkeypatch):
    texts = ["明天停水。" * 30, "Water off. [8-12] " * 12, "短"]
    with running() as (port, said):
        adapter_to(port, settings, monkeypatch)
        messages = [sms(text, number) for number, text in enumerate(texts)]
        assert outgoing.hand_over_waiting(channel=Channel.SMS, now=NOW) == 3
        got = said()
    parts = [one for one in got if "id" in one]
    for number, text in enumerate(texts):
        mine = [part for part in parts if part["to"].endswith(f"{number:02d}")]
        assert "".join(part["text"] for part in mine) == text
        if len(mine) > 1:
            assert [part["header"][-2:] for part in mine] == [[len(mine), n + 1] for n in range(len(mine))]
            assert len({part["header"][-3] for part in mine}) == 1
    assert len(parts) == 3 + 2 + 1
    assert sum("alive" in one for one in got) == len(parts)
    assert [state(message) for message in messages] == [State.DELIVERED] * 3
    assert OutgoingPart.objects.count() == len(parts)


def test_a_little_throttling_is_waited_out(settings, monkeypatch):
    with running(throttle=2) as (port, said):
        adapter_to(port, settings, monkeypatch)
        message = sms("停水")
        assert outgoing.hand_over_waiting(channel=Channel.SMS, now=NOW) == 1
        assert sum("throttled" in one for one in said()) == 2
    assert state(message) == State.DELIVERED


def test_long_throttling_puts_the_message_off_without_counting_against_it(settings, monkeypatch):
    with running(throttle=len(PATIENCE) + 1) as (port, said):
        adapter_to(port, settings, monkeypatch)
        message = sms("停水")
        assert outgoing.hand_over_waiting(channel=Channel.SMS, now=NOW) == 0
        message.refresh_from_db()
        assert (message.state, message.attempts) == (State.QUEUED, 0)
        assert outgoing.hand_over_waiting(channel=Channel.SMS, now=NOW + timedelta(seconds=1)) == 0
        assert outgoing.hand_over_waiting(channel=Channel.SMS, now=NOW + THROTTLED + timedelta(seconds=5)) == 1
        assert sum("id" in one for one in said()) == 1
    assert state(message) == State.DELIVERED


def test_a_quiet_line_is_asked_before_it_is_used_again_and_a_busy_one_is_not(settings):
    with running() as (port, said), bound_to(port, settings, keep_alive=0.4) as adapter:
        for number in (1, 2):
            adapter.send(parcel(number))
        assert not any("asked" in one for one in said())
        time.sleep(0.5)
        adapter.send(parcel(3))
        got = said()
        assert sum("asked" in one for one in got) == 1 and sum("id" in one for one in got) == 1
        assert len(adapter.receipts()) == 6  # two for each, kept while the line was asked


@pytest.mark.parametrize("manner", ["hang-up", "unbind"])
def test_a_line_that_ended_is_bound_anew_and_each_message_goes_once(settings, manner):
    with running(manner=manner) as (port, said), bound_to(port, settings) as adapter:
        for number in range(3):
            assert adapter.send(parcel(number))
            time.sleep(0.15)
        got = said()
    assert sum("bound" in one for one in got) == 3
    assert sum("id" in one for one in got) == 3


def test_where_nobody_answers_any_more_the_message_waits(settings):
    with running(manner="hang-up") as (port, _said):
        adapter = bound_to(port, settings)
        adapter.open()
        adapter.send(parcel(1))
    time.sleep(0.2)
    with pytest.raises(Unavailable):
        adapter.send(parcel(2))
    adapter.close()
