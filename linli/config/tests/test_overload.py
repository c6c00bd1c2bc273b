"""Overload: who may wait is foreseen from waiting time, search goes first, emergencies never, nobody hangs."""

import io
import threading
import time

import pytest
from django.http import HttpResponse

from linli.common.overload import Door, Lane, Lanes, Pressure, Refused, lane_of
from linli.common.overload import door as doors
from linli.design import busy
from linli.design.tests.words import words as read_words


def asks(pressure, lane, ahead, now, oldest=0.0, waiting=None):
    return pressure.admits(lane, ahead=ahead, waiting=ahead if waiting is None else waiting, oldest=oldest, now=now)


class TestPressure:
    def test_a_burst_of_quick_pages_waits_its_turn(self):
        quick = Pressure(slots=4, seats=100)
        assert all(asks(quick, Lane.READ, ahead, now=0.0) for ahead in range(100)), "100 pages of 20 ms are half a second"

    def test_the_same_number_of_slow_pages_does_not(self):
        slow = Pressure(slots=4, seats=100)
        for _ in range(100):
            slow.served(1.0)
        assert asks(slow, Lane.READ, 3, now=0.0) and not asks(slow, Lane.READ, 4, now=0.0)

    def test_answers_that_never_end_are_seen_before_one_has_ended(self):
        stuck = Pressure(slots=4, seats=100)
        assert asks(stuck, Lane.READ, 3, now=0.0, oldest=0.1) and not asks(stuck, Lane.READ, 3, now=9.0, oldest=9.0)

    def test_a_queue_that_stands_is_a_crowd_and_patience_ends(self):
        one = Pressure(slots=4, seats=100)
        assert asks(one, Lane.READ, 0, now=0.0) and asks(one, Lane.READ, 60, now=0.4)
        assert one.crowded(60, 0.6) and not asks(one, Lane.READ, 60, now=0.6)
        assert asks(one, Lane.READ, 30, now=0.7), "what foreseeably takes 0.2 s may still wait"
        assert one.crowded(0, 1.5) and not one.crowded(0, 1.7), "a second after the last refusal it is over"

    def test_search_goes_first_and_writing_last(self):
        burst = Pressure(slots=4, seats=100)
        asks(burst, Lane.READ, 0, now=0.0)
        assert asks(burst, Lane.READ, 60, now=0.0) and not asks(burst, Lane.SPARE, 60, now=0.0)
        crowd = Pressure(slots=4, seats=100)
        crowd.refused_at = 0.0
        assert not asks(crowd, Lane.SPARE, 0, now=0.1, waiting=1)
        assert asks(crowd, Lane.READ, 20, now=0.1) and not asks(crowd, Lane.READ, 60, now=0.1)
        assert asks(crowd, Lane.WRITE, 99, now=0.1)

    def test_seats_end(self):
        assert not asks(Pressure(slots=4, seats=8), Lane.WRITE, 8, now=0.0)


class Busy:
    """Lanes whose slots are held until told."""

    def __init__(self, slots=2, reserve=1, seats=8):
        self.lanes = Lanes(slots, reserve, seats)
        self.go = threading.Event()
        self.threads = [self.start(Lane.READ, self.go.wait) for _ in range(slots)]
        while len(self.lanes.running) < slots:
            time.sleep(0.001)

    def start(self, lane, work, into=None):
        def run():
            try:
                result = self.lanes.run(lane, work)
            except Refused:
                result = Refused
            if into is not None:
                into.append((lane, result))

        thread = threading.Thread(target=run)
        thread.start()
        return thread


@pytest.fixture
def full():
    one = Busy()
    yield one
    one.go.set()
    for thread in one.threads:
        thread.join(5)


def test_emergencies_have_threads_of_their_own(full):
    assert full.lanes.run(Lane.EMERGENCY, lambda: "here") == "here"


def test_who_waits_is_served_by_lane(full):
    done = []
    full.lanes.slots = 2
    for lane in (Lane.READ, Lane.WRITE, Lane.SHARED):
        full.threads.append(full.start(lane, lambda lane=lane: time.sleep(0.01), done))
        while not full.lanes.queues[lane]:
            time.sleep(0.001)
    assert full.lanes.waiting == 3
    full.go.set()
    for thread in full.threads:
        thread.join(5)
    assert {lane for lane, _ in done[:2]} == {Lane.SHARED, Lane.WRITE} and not full.lanes.running


def test_nobody_hangs_behind_what_never_ends(full):
    done, started = [], time.monotonic()
    full.lanes.pressure.refused_at = time.monotonic()  # a crowd already
    thread = full.start(Lane.READ, lambda: "late", done)
    thread.join(5)
    assert done == [(Lane.READ, Refused)] and time.monotonic() - started < 2
    assert full.lanes.waiting == 0


def test_what_fails_fails_for_its_reader_alone():
    lanes = Lanes(1, 1, 8)
    with pytest.raises(ZeroDivisionError):
        lanes.run(Lane.READ, lambda: 1 / 0)
    assert lanes.run(Lane.READ, lambda: 2) == 2


@pytest.mark.parametrize(
    ("method", "path", "query", "lane"),
    [
        ("GET", "/static/x.css", "", None), ("GET", "/healthz", "", None), ("GET", "/readyz", "", Lane.EMERGENCY),
        ("GET", "/search/", "q=x", Lane.SPARE), ("GET", "/search/", "", Lane.READ), ("GET", "/inbox/count/", "", Lane.SPARE),
        ("GET", "/me/", "", Lane.READ), ("POST", "/me/", "", Lane.WRITE), ("POST", "/emergency/call/", "", Lane.EMERGENCY),
        ("GET", "/emergencyx", "", Lane.READ),
    ],
)  # fmt: skip
def test_the_lane_of_a_request(method, path, query, lane):
    assert lane_of({"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query}) == lane


def ask(door, method="GET", **more):
    seen = []
    environ = {"REQUEST_METHOD": method, "PATH_INFO": "/me/", "QUERY_STRING": "", "wsgi.input": io.BytesIO(b"a=1"), **more}
    body = b"".join(door(environ, lambda status, headers, exc_info=None: seen.extend((status, dict(headers)))))
    return seen[0], {name.lower(): value for name, value in seen[1].items()}, body.decode()


@pytest.mark.parametrize(
    ("method", "cookie", "words"),
    [("GET", "", "现在人多"), ("POST", "", "没有保存"), ("GET", "linli_lang=en", "Many people"), ("POST", "linli_lang=en", "was not saved")],
)
def test_the_refused_are_told_in_their_language_and_mode(full, method, cookie, words):
    full.lanes.pressure.seats = 0
    status, headers, text = ask(Door(None, full.lanes, busy.busy), method, HTTP_COOKIE=f"{cookie}; linli_mode=elder")
    assert status.startswith("503") and words in read_words(text) and 'data-mode="elder"' in text
    assert 3 <= int(headers["retry-after"]) < 9 and headers["cache-control"] == "no-store"
    assert headers["content-security-policy"].startswith("default-src 'none'") and headers["x-frame-options"] == "DENY"
    assert ask(Door(None, full.lanes, busy.busy), "HEAD")[2] == ""


def test_a_small_body_is_read_before_a_slot_is_taken():
    def application(environ, start_response):
        assert isinstance(environ["wsgi.input"], io.BytesIO)
        start_response("200 OK", [])
        return HttpResponse(environ["wsgi.input"].read())

    assert ask(Door(application, Lanes(1, 1, 8), busy.busy), "POST", CONTENT_LENGTH="3")[2] == "a=1"


def test_a_body_made_while_it_is_sent_lets_go_of_the_connection(monkeypatch):
    closed = []
    monkeypatch.setattr(doors.connections, "close_all", lambda: closed.append(1))

    def application(environ, start_response):
        start_response("200 OK", [])
        return iter([b"a", b"b"])

    door = Door(application, Lanes(1, 1, 8), busy.busy)
    answer = door({"REQUEST_METHOD": "GET", "PATH_INFO": "/me/"}, lambda *args: None)
    assert b"".join(answer) == b"ab" and not closed
    answer.close()
    assert closed == [1]
