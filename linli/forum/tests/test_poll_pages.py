"""Polls as one sees and presses them."""

from datetime import timedelta

import pytest

from linli.forum.actions.polls import vote
from linli.forum.models import Ballot, Poll

from .factories import NOW, actor_of, make_forum, neighbour, topic_by
from .reading_kit import Time, as_, first, options_of, poll_at, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def time(monkeypatch):
    return Time(monkeypatch)


@pytest.fixture
def forum():
    return make_forum()


def test_a_poll_stands_below_its_post_and_is_voted_there(forum, client):
    asker, voter = neighbour(forum), neighbour(forum, "孔祥生")
    topic = topic_by(asker, forum.board)
    poll = poll_at(topic, asker)
    page = as_(client, voter).get(url("topic", topic.pk)).content.decode()
    assert page.index("要不要加灯") < page.index('class="react"'), "between the text and its buttons"
    answer = client.post(url("poll", poll.pk), {"choice": options_of(poll)[0]})
    assert answer.status_code == 302 and answer.url.endswith("#f1")
    assert "1 票·100%" in text(client.get(url("topic", topic.pk)))


def test_a_visitors_page_holds_no_form_and_leads_to_the_poll(forum, client):
    topic = topic_by(neighbour(forum), forum.board)
    poll = poll_at(topic, actor_of(topic.author))
    page = client.get(url("topic", topic.pk)).content.decode()
    assert "要不要加灯" in page and f'href="/polls/{poll.pk}/"' in page
    assert "<form" not in page.split('<main id="main"')[1].split("</main>")[0]


@pytest.mark.parametrize(
    "sent", [{}, {"choice": "x"}, {"choice": "999999"}, {"choice": ["1", "2", "3"]}, {"choice": "9" * 40}], ids=str
)
def test_a_vote_that_cannot_be_is_said_at_the_poll(forum, client, sent):
    topic = topic_by(neighbour(forum), forum.board)
    poll = poll_at(topic, actor_of(topic.author))
    if sent.get("choice") == ["1", "2", "3"]:
        sent = {"choice": options_of(poll)}
    answer = as_(client, neighbour(forum, "孔祥生")).post(url("poll", poll.pk), sent)
    assert answer.status_code == 200 and 'role="alert"' in answer.content.decode()
    assert not Ballot.objects.exists()


def test_a_vote_after_the_end_is_refused_in_words(forum, client, time):
    topic = topic_by(neighbour(forum), forum.board)
    poll = poll_at(topic, actor_of(topic.author))
    time.now = NOW + timedelta(days=9)
    answer = as_(client, neighbour(forum, "孔祥生")).post(url("poll", poll.pk), {"choice": options_of(poll)[0]})
    assert answer.status_code == 200 and "这一票没有计入" in text(answer)
    assert "已经截止" in text(client.get(url("topic", topic.pk)))


SHEET = {"question": "要不要加灯？", "options": "加\n不加", "per": "person", "named": "", "ends_day": "2026-05-26", "ends_hour": "20"}


def test_who_wrote_a_post_adds_a_poll_and_nobody_else(forum, client):
    asker = neighbour(forum)
    topic = topic_by(asker, forum.board)
    address = url("poll_new", first(topic).pk)
    assert as_(client, neighbour(forum, "孔祥生")).get(address).status_code == 404
    as_(client, asker)
    assert client.get(address).status_code == 200
    assert client.post(address, SHEET).status_code == 302
    assert Poll.objects.get().ends_at.isoformat() == "2026-05-26T12:00:00+00:00"
    assert client.post(address, SHEET).context["form"].errors, "the same form twice makes one poll"
    assert Poll.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("options", "只有一个"), ("options", ""), ("options", "\n".join(str(n) for n in range(13))), ("options", "加\n加"),
        ("options", "<script>alert(1)</script>\n不加"), ("options", "‮反着\n不加"), ("options", "字" * 30_000),
        ("question", "a" + "\u0301" * 10_000), ("ends_day", "2026-05-18"), ("ends_day", "哪天"), ("ends_day", "2030-01-01"),
    ],
    ids=lambda value: str(value)[:12],
)  # fmt: skip
def test_a_poll_that_cannot_be_keeps_what_was_typed(forum, client, field, typed):
    asker = neighbour(forum)
    topic = topic_by(asker, forum.board)
    answer = as_(client, asker).post(url("poll_new", first(topic).pk), {**SHEET, field: typed})
    assert answer.status_code == 200 and 'id="errors"' in answer.content.decode()
    assert answer.context["form"].errors[field] and not Poll.objects.exists()
    assert answer.context["form"][field].value() == typed


def test_results_are_hidden_in_the_page_until_the_end(forum, client, time):
    asker = neighbour(forum)
    topic = topic_by(asker, forum.board)
    poll = poll_at(topic, asker, hidden=True)
    vote(poll=poll.pk, chosen={options_of(poll)[0]}, by=neighbour(forum, "孔祥生"), now=NOW)
    page = text(client.get(url("poll", poll.pk)))
    assert "结果截止后公布" in page and "100%" not in page
    time.now = NOW + timedelta(days=8)
    assert "100%" in text(client.get(url("poll", poll.pk)))


def test_the_author_closes_a_poll_early(forum, client):
    asker = neighbour(forum)
    poll = poll_at(topic_by(asker, forum.board), asker)
    assert as_(client, neighbour(forum, "孔祥生")).get(url("poll_close", poll.pk)).status_code == 404
    as_(client, asker)
    assert "不能再打开" in text(client.get(url("poll_close", poll.pk)))
    client.post(url("poll_close", poll.pk))
    assert Poll.objects.get().closed_at is not None


