"""The benchmark's forum: the same for every system and at every size, with all that a page can meet."""

import json
from collections import Counter

import pytest

from bench import forum_data as data


@pytest.fixture(scope="module")
def lines():
    return list(data.lines(1000))


def test_the_same_seed_gives_the_same_lines_and_another_gives_others(lines):
    assert lines == list(data.lines(1000))
    assert lines != list(data.lines(1000, seed=6))


def test_a_topic_says_the_same_however_large_the_forum_is(lines):
    def words(found):
        return [line["text"] for line in found if line["kind"] == "post" and line["topic"] == data.PUBLIC]

    assert words(lines) == words(data.topics(3000))
    assert len(words(lines)) == data.IN_TOPIC


def test_posts_are_numbered_without_gaps_and_the_giant_has_a_tenth(lines):
    posts = [line for line in lines if line["kind"] == "post"]
    numbers = {}
    for line in posts:
        numbers.setdefault(line["topic"], []).append(line["number"])
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())
    assert len(posts) == 1000
    assert len(numbers[data.GIANT]) == 100
    assert {len(found) for topic, found in numbers.items() if topic != data.GIANT} == {20}


@pytest.mark.parametrize("posts", [1000, 100_000, 1_000_000])
def test_every_size_adds_up(posts):
    assert sum(data.sizes(posts)) == posts


def test_a_forum_too_small_for_each_class_is_refused():
    with pytest.raises(ValueError, match="too few"):
        data.sizes(300)


def test_there_are_three_permission_classes_each_with_a_topic_to_time():
    assert {data.BOARDS[data.board_of(topic)] for topic in (data.PUBLIC, data.MEMBERS, data.OWN)} == {"public", "members", "own"}
    assert data.may_read(None, data.PUBLIC)
    assert not data.may_read(None, data.MEMBERS)
    assert data.may_read(data.READER, data.MEMBERS)
    assert not data.may_read(data.READER, data.OWN)
    assert data.may_read(data.PEOPLE - 1, data.OWN)


def test_fifty_people_have_read_unevenly_and_nobody_what_he_may_not(lines):
    reads = [line for line in lines if line["kind"] == "read"]
    many = Counter(line["person"] for line in reads)
    assert many[0] > 3 * many[20]
    assert all(data.may_read(line["person"], line["topic"]) for line in reads)
    assert len({line["name"] for line in lines if line["kind"] == "person"}) == data.PEOPLE


def test_times_go_forward_within_a_topic_and_none_lies_ahead(lines):
    last = {}
    for line in lines:
        if line["kind"] == "post":
            assert 0 <= line["ago"] <= last.get(line["topic"], line["ago"])
            last[line["topic"]] = line["ago"]
    assert all(line["last_ago"] == last[line["n"]] for line in lines if line["kind"] == "topic")


def test_what_a_search_must_find_is_read_off_the_public_lines_alone(lines):
    found = data.truths(lines, [data.COMMON, "没有人说过"])
    assert not found["没有人说过"]
    found = found[data.COMMON]
    assert found
    words = {(line["topic"], line["number"]): line["text"] for line in lines if line["kind"] == "post"}
    assert all(data.BOARDS[data.board_of(topic)] == "public" for topic, _number in found)
    assert all(data.COMMON in words[key] for key in found if key[1] > 1)


def test_lines_written_are_read_again(tmp_path, lines):
    path = data.write(tmp_path / "lines.jsonl", 1000)
    assert list(data.read(path)) == lines
    assert list(data.of_kind(path, "board")) == [line for line in lines if line["kind"] == "board"]
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[0])["kind"] == "person"
