"""The harness itself: a refusal is never counted as a post, a stale read is found, a missed goal says by how much."""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from bench import chart, forum, forum_peers
from bench.forum_rows import Reply, words
from bench.forum_storm import Storm, oldest, replies_on
from bench.measure import Figure


@pytest.fixture
def server():
    """Acknowledges the first form and refuses the second, as a limit does: with a page and 200."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            seen.append((self.path, self.headers["Cookie"], self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(302 if len(seen) == 1 else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args):
            return

    httpd = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield httpd.server_port, seen
    httpd.shutdown()
    httpd.server_close()


def test_a_refusal_ends_the_run_instead_of_looking_faster_than_a_post(server):
    port, seen = server
    reply = Reply(["a=1", "a=2"], "/reply/", fields=words)
    connection = http.client.HTTPConnection("127.0.0.1", port)
    reply.send(connection, 0)
    connection = http.client.HTTPConnection("127.0.0.1", port)
    with pytest.raises(SystemExit, match="200"):
        reply.send(connection, 1)
    assert [cookie.partition(";")[0] for _path, cookie, _body in seen] == ["a=1", "a=2"]


def test_each_reply_has_a_key_and_words_of_its_own():
    assert words(1)["key"] != words(1)["key"]
    assert words(1)["text"] != words(1)["text"]


def test_the_age_of_a_read_is_how_long_the_first_reply_it_lacks_had_stood():
    acknowledged = {20: 1.0, 21: 2.0, 22: 3.0}
    assert oldest([(2.5, 21), (0.5, 19)], acknowledged) == pytest.approx(-0.5)
    assert oldest([(2.5, 21), (3.4, 20)], acknowledged) == pytest.approx(1.4)
    assert oldest([(9.0, 22)], acknowledged) == 0.0
    assert Storm().oldest == 0.0


def test_the_storm_reads_the_number_of_replies_off_the_page():
    assert replies_on("<span>120 条回复·6 人看过</span>".encode()) == 120
    with pytest.raises(SystemExit):
        replies_on(b"<p>")


@pytest.mark.parametrize(
    ("figure", "missed"),
    [
        (Figure("", 3, "ms", at_most=2), 0.5),
        (Figure("", 2, "ms", at_most=2), 0.0),
        (Figure("", 0.7, "×", at_least=1.0), 0.3),
        (Figure("", 4, "", at_most=0), 4.0),
        (Figure("", 4, "ms"), 0.0),
    ],
)
def test_a_missed_goal_says_by_what_part_of_it(figure, missed):
    assert figure.missed == pytest.approx(missed)


def test_the_last_page_of_the_giant_is_where_its_last_post_stands():
    one = forum.Forum(1000, None, {"cookies": [], "boards": []})
    assert one.last_page == "/topics/1/?page=5"
    assert forum.Forum(100_000, None, {"cookies": [], "boards": []}).last_page == "/topics/1/?page=500"


def test_every_goal_against_a_peer_has_a_row_of_ours_and_one_of_theirs():
    ours = {"warm one", *forum.SIZED}
    for goals in forum_peers.GOALS.values():
        assert set(goals) <= ours
        assert set(goals) <= set(forum_peers.OF_PEER)
        assert set(goals) <= set(forum_peers.GOAL)
    assert set(forum.NAMES) == set(forum.SIZED)


def test_a_goal_of_none_at_all_is_drawn_too():
    run = {"at": "2026-05-19T08:00:00", "cores": 2, "load": [0.5], "client": "own"}
    assert "missed" in chart.draw([Figure("refused", 3, "", at_most=0)], run)
