"""The words of the demo's forum: written and composed talk, without a database."""

import random
from collections import Counter

import pytest

from linli.common.privacy_check import find_private
from linli.demo.forum_composer import composed, themes
from linli.demo.forum_texts import read, read_line, written
from linli.forum.rules import MOST_TAGS, TAG, TITLE


@pytest.fixture(scope="module")
def talks():
    return [*written(), *composed(random.Random("a test"))]


def test_there_are_four_hundred_topics_and_four_thousand_posts(talks):
    assert len(written()) >= 120 and len(talks) >= 400
    assert sum(len(talk.lines) for talk in talks) >= 4000
    assert sum(talk.poll is not None for talk in talks) >= 15


def test_nearly_every_post_says_something_of_its_own(talks):
    texts = [line.text for talk in talks for line in talk.lines]
    assert len(set(texts)) >= 0.95 * len(texts)


def test_no_two_topics_go_through_the_same_sentences(talks):
    assert max(Counter(tuple(line.text for line in talk.lines) for talk in talks).values()) == 1
    assert max(Counter((talk.place, talk.title) for talk in talks).values()) == 1


def test_nobodys_phone_number_or_address_stands_in_them(talks):
    found = [
        str(one)
        for talk in talks
        for line in talk.lines
        for one in find_private(f"{talk.title}\n{line.text}\n{line.earlier}")
    ]
    assert found == []


def test_all_of_it_fits_the_forum(talks):
    for talk in talks:
        assert len(talk.title) <= TITLE, talk.title
        assert len(talk.tags) <= MOST_TAGS and all(len(tag) <= TAG for tag in talk.tags), talk.title
        assert talk.solved is None or 1 < talk.solved <= len(talk.lines), talk.title
        for number, line in enumerate(talk.lines, 1):
            assert line.reply_to is None or line.reply_to < number, (talk.title, number)
            assert not set("[]|¶↵") & set(line.text), (talk.title, line.text)


def test_the_same_seed_says_the_same():
    first, second = (
        [(talk.title, [line.text for line in talk.lines]) for talk in composed(random.Random("x"), 40)]
        for _n in range(2)
    )
    assert first == second


def test_every_theme_can_ask_and_answer():
    for theme in themes():
        assert len(theme.pieces["ask"]) == len(theme.pieces["ans"]), theme.tags
        says = [piece for mark, pieces in theme.pieces.items() if mark.startswith("say") for piece in pieces]
        assert len(says) >= 12 and len(theme.boards) >= 3, theme.tags


def test_a_line_is_read_with_all_its_marks():
    line = read_line("wu(zhou)*>>3+2d", "好¶行")
    assert (line.who, line.whom, line.unnamed, line.reply_to, line.quotes) == ("wu", "zhou", True, 3, True)
    assert line.gap.days == 2 and line.text == "好\n\n行"


def test_a_line_that_says_nothing_is_refused():
    with pytest.raises(ValueError, match="物业"):
        read("# 青砖里 | 1 | 话\n题目\n物业")
