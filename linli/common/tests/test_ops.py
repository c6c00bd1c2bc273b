"""Alive, ready, measured, numbered, and logged without anybody's data."""

import json
import logging
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from linli.common import clock, logs
from linli.common.models import Job
from linli.common.ops import counters, health, metrics, numbers
from linli.common.ops.middleware import OpsMiddleware, may_measure
from linli.config import instance

HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}


@pytest.fixture(autouse=True)
def fresh(monkeypatch, settings, tmp_path):
    """A data folder and an answer of their own."""
    settings.LINLI_DATA = tmp_path
    monkeypatch.setattr(metrics, "_own", None)
    monkeypatch.setattr(health, "_answer", (-9.0, []))


def test_alive_asks_no_database_and_no_host(client):
    answer = client.get("/healthz", headers={"host": "who.knows.example"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert client.post("/healthz").status_code == 405
    assert "X-Linli-Started" not in answer
    assert "X-Linli-Started" in client.get("/healthz", **HERE)


@pytest.mark.django_db
def test_ready_names_the_worker_that_is_silent_and_then_the_database(client, monkeypatch):
    assert client.get("/readyz").status_code == 503
    Job.objects.create(name="x", due=clock.now(), last_ok=clock.now())
    monkeypatch.setattr(health, "_answer", (-9.0, []))
    assert client.get("/readyz").content == b"ok\n"
    Job.objects.update(last_ok=clock.now() - timedelta(minutes=6))
    monkeypatch.setattr(health, "_answer", (-9.0, []))
    assert client.get("/readyz").content == b"not ready: worker\n"

    def broken():
        raise OperationalError("away")

    monkeypatch.setattr(health, "pending", broken)
    monkeypatch.setattr(health, "_answer", (-9.0, []))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content, answer["Retry-After"]) == (503, b"not ready: database\n", "5")


@pytest.mark.parametrize(
    ("meta", "may"),
    [
        (HERE, True),
        ({**HERE, "HTTP_HOST": "[::1]:8000", "REMOTE_ADDR": "::1"}, True),
        ({**HERE, "REMOTE_ADDR": "::ffff:127.0.0.1"}, True),
        ({**HERE, "HTTP_HOST": "linli.example.cn"}, False),
        ({**HERE, "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False),
        ({**HERE, "REMOTE_ADDR": "203.0.113.9"}, False),
        ({"REMOTE_ADDR": "10.1.2.3", "HTTP_HOST": "any"}, True),
        ({"REMOTE_ADDR": "", "HTTP_HOST": "localhost"}, False),
    ],
)
def test_figures_are_for_this_machine_and_named_networks_never_through_a_proxy(meta, may, settings):
    import ipaddress

    settings.LINLI_METRICS_FROM = [ipaddress.ip_network("10.0.0.0/8")]
    assert may_measure(RequestFactory().get("/metrics", **meta)) is may


@pytest.mark.django_db
def test_figures_count_by_name_of_route_and_hold_no_address_with_a_key(client):
    for path in ("/", "/about/", "/nothing/here/138", "/places/987654321/", "/about/?q=13812345678"):
        client.get(path)
    client.post("/modes/")
    Job.objects.create(name="linli.x.y", due=clock.now(), last_ok=clock.now() - timedelta(seconds=40))
    text = client.get("/metrics", **HERE).content.decode()
    assert 'linli_requests_total{route="portal:about",status="2xx"} 2' in text
    assert 'linli_requests_total{route="none",status="4xx"} 1' in text
    assert re.search(r'linli_job_age_seconds\{job="x.y"\} 4\d', text)
    assert 'linli_request_seconds_count{kind="read"} 5' in text
    assert 'linli_messages_waiting{channel="sms"} 0' in text
    assert "987654321" not in text
    assert "138" not in re.sub(r"[\d.]+\n", "\n", text)
    for line in text.splitlines():
        assert re.match(r'^(# (HELP|TYPE) linli_\w+ .+|linli_\w+(\{(\w+="[^"]*",?)+\})? [\d.e+-]+)$', line), line
    assert client.get("/metrics").status_code == 404  # the client's host is no name of this machine


def test_the_counts_of_an_ended_process_are_kept(tmp_path):
    code = (
        "import sys; from pathlib import Path; from linli.common.ops.counters import Counters\n"
        "c = Counters(Path(sys.argv[1]), ['a', 'b']); c.add((c.places['a'],), 3)\n"
    )
    for _ in range(2):
        subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, cwd=instance.SOURCE)
    own = counters.Counters(tmp_path, ["b", "a", "c"])
    own.add((own.places["c"], own.places["a"]), 5)
    assert counters.total(tmp_path) == {"a": 7, "c": 5}
    assert counters.total(tmp_path) == {"a": 7, "c": 5}
    assert len(list(tmp_path.glob("*.count"))) == 1


def test_a_number_is_made_by_us_and_the_same_within_a_request():
    assert numbers.current() == ""
    with numbers.numbered():
        first = numbers.current()
        assert numbers.current() == first
        assert len(first) == 10
    with numbers.numbered():
        assert numbers.current() != first


def test_the_page_of_a_failure_shows_the_number_of_its_log_line(rf, tmp_path):
    from django.core.handlers.exception import response_for_exception

    handler = logs.SharedFile(str(tmp_path / "log" / "x.log"))
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)

    def failing(request):
        return response_for_exception(request, ValueError("13812345678 is wrong"))

    try:
        failing_request = rf.get("/places/12/?q=secret", headers={"x-request-id": "forged"})
        from django.conf import settings

        settings.DEBUG_PROPAGATE_EXCEPTIONS = False
        response = OpsMiddleware(failing)(failing_request)
    finally:
        logger.removeHandler(handler)
        handler.close()
    number = response["X-Request-Id"]
    assert number != "forged"
    assert f"{number[:3]} {number[3:6]} {number[6:]}" in response.content.decode()
    line = json.loads((tmp_path / "log" / "x.log").read_text())
    assert (line["request"], line["error"], line["level"]) == (number, "ValueError", "error")
    assert not {"138", "secret", "places", "forged"} & set(re.findall(r"138|secret|places|forged", json.dumps(line)))


def test_a_line_is_one_line_and_names_nobody(caplog):
    record = logging.LogRecord("linli.x", 30, "x.py", 1, "to %s\nforged\u2028line", ("13812345678",), None)
    text = logs.JsonFormatter().format(record)
    assert len(text.splitlines()) == 1
    assert "138" not in text
    for personal in ("a.b@c.example.cn", "203.0.113.9", "2001:db8:0:1:2:3:4:5", "330102199001011234", "+86 138-1234-5678", "/x/?q=me&b=1"):
        assert logs.scrub(f"say {personal} end") != f"say {personal} end", personal
    assert logs.scrub("job linli.a.b took 12:30:11 with 4021 rows") == "job linli.a.b took 12:30:11 with 4021 rows"


def test_a_full_log_file_is_turned_over_and_no_line_of_several_processes_is_lost(tmp_path):
    code = (
        "import sys, logging; from linli.common.logs import SharedFile\n"
        "h = SharedFile(sys.argv[1], size=5000, files=200); l = logging.getLogger('t'); l.addHandler(h); l.propagate = False\n"
        "[l.error('%s-%d', sys.argv[2], n) for n in range(200)]\n"
    )
    path = tmp_path / "log" / "linli.log"
    running = [subprocess.Popen([sys.executable, "-c", code, str(path), name], cwd=instance.SOURCE) for name in "ab"]
    assert [one.wait(60) for one in running] == [0, 0]
    lines = [json.loads(line) for file in path.parent.glob("linli.log*") for line in file.read_text().splitlines()]
    assert sorted(line["message"] for line in lines) == sorted(f"{name}-{n}" for name in "ab" for n in range(200))
    assert len(list(path.parent.glob("linli.log*"))) > 5
    assert max(file.stat().st_size for file in path.parent.glob("linli.log.*")) < 6000


@pytest.mark.django_db
def test_while_an_update_is_at_work_reading_goes_on_and_writing_is_asked_to_come_again(client, tmp_path):
    (tmp_path / "paused").touch()
    assert client.get("/about/").status_code == 200
    answer = client.post("/account/login/", {"login": "13812345678"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    (tmp_path / "paused").unlink()
    assert client.post("/account/login/", {"login": ""}).status_code != 503
