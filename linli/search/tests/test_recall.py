"""What is found is what is there: recall and precision against plain substring search, on both databases."""

import contextlib
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.common.errors import UserError
from linli.people.api import Actor
from linli.search import api
from linli.search.models import SearchEntry
from linli.search.rules import squash

from . import factories
from .factories import ask, put, subjects

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def notes():
    factories.register()


def everything(typed):
    """All pages of a search."""
    found, after = [], None
    while True:
        page = ask(typed, after=after, size=500)
        found += subjects(page)
        after = page.after
        if after is None:
            return found


@pytest.mark.slow
def test_words_of_one_two_and_four_characters_are_found_exactly_where_they_stand_in_20000_texts():
    texts = {}
    for entry in factories.entries(20_000):
        texts[entry.subject] = f"{squash(entry.title)}\n{squash(entry.text)}"
    api.put_entries(factories.entries(20_000))
    rng = random.Random(7)
    plain = list(texts.values())
    for size in (1, 2, 4):
        for _turn in range(60):
            text = rng.choice(plain)
            at = rng.randrange(len(text) - size)
            word = text[at : at + size]
            if not all(ord(c) >= 0x2E80 and c.isalnum() for c in word):
                continue
            truth = {subject for subject, one in texts.items() if word in one}
            assert set(everything(word)) == truth, word


def test_what_stands_only_across_two_words_of_a_text_is_not_found():
    put(1, "停水通知", "电梯维修")
    put(2, "停电", "水梯")
    assert subjects(ask("水通")) == ["1"]
    assert subjects(ask("停水通知")) == ["1"]
    assert subjects(ask("知电")) == []  # title and text are two
    assert subjects(ask("停梯水电")) == []


def test_blanks_width_and_case_do_not_matter():
    put(1, "纺机新村 3 幢", "Linli ＡＰＰ 上线")
    for typed in ("纺机新村3幢", "３幢", "3 幢", "LINLI", "linli app", "app", "lin", "新村 上线", "纺机新村　３幢"):
        assert subjects(ask(typed)) == ["1"], typed
    for typed in ("4幢", "inli", "33", "村幢"):
        assert subjects(ask(typed)) == [], typed


def test_rare_characters_and_other_scripts_are_found():
    put(1, "𠮷野家𰻝𰻝面", "café Ёлка がっこう 한국")
    for typed in ("𠮷", "𰻝𰻝", "𠮷野", "café", "ёлка", "っこ", "한국", "面"):
        assert subjects(ask(typed)) == ["1"], typed


def test_signs_of_the_query_languages_are_only_text():
    put(1, "C++ 兴趣班", "50% 优惠_价 a\\b")
    for typed in ('"', "*", "'", "(", "OR", "NEAR(", "%", "_", "&|!:*", "' OR 1=1 --", '停" OR "水'):
        with contextlib.suppress(UserError):
            assert subjects(ask(typed)) == [], typed
    for typed in ("C++", "50%", "优惠_", "a\\b"):
        assert subjects(ask(typed)) == ["1"], typed


def test_the_newest_come_first_and_pages_neither_repeat_nor_leave_out():
    for n in range(55):
        put(n, f"停水第{n}次", at=factories.NOW.replace(year=2020 + n % 5))
    pages, after = [], None
    while True:
        page = ask("停水", after=after)
        pages.append(page.entries)
        after = page.after
        if after is None:
            break
    flat = [entry for page in pages for entry in page]
    assert [len(page) for page in pages] == [20, 20, 15]
    assert len({entry.subject for entry in flat}) == 55
    assert [e.at for e in flat] == sorted((e.at for e in flat), reverse=True)


def test_what_stands_first_comes_before_what_is_new():
    put(1, "柳渡路停水")
    put(2, "柳渡路", first=9, nth=2, at=None)
    put(3, "柳渡路口", first=9, nth=1, at=None)
    assert subjects(ask("柳渡路")) == ["3", "2", "1"]


def test_a_changed_thing_is_found_by_its_new_words_only():
    put(1, "停水")
    put(1, "来电了")
    assert subjects(ask("停水")) == [] and subjects(ask("来电")) == ["1"]
    put(1, "来电了", at=factories.NOW.replace(year=2027))
    assert subjects(ask("来电")) == ["1"] and SearchEntry.objects.count() == 1
    api.drop_entry(kind="note", subject=1)
    assert subjects(ask("来电")) == []


def test_things_of_the_same_moment_all_have_a_place():
    api.put_entries(api.Entry(kind="note", subject=str(n), title="同时", url="/", at=factories.NOW) for n in range(700))
    assert len(everything("同时")) == 700


def test_synonyms_find_each_other():
    put(1, "纺机新村业主委员会")
    put(2, "银杏苑业委会")
    put(3, "物业公司电话")
    assert set(subjects(ask("业委会"))) == {"1", "2"} == set(subjects(ask("业主委员会")))
    assert subjects(ask("纺机新村业委会")) == ["1"]
    assert subjects(ask("物业服务")) == ["3"]
    question = api.read_question("业委会", api.synonyms_for("业委会"))
    assert question.added == ("业主委员会",)


def test_where_nothing_is_found_a_near_title_is_guessed():
    put(1, "纺机新村")
    put(2, "银杏苑")
    question = api.read_question("纺织新村", {})
    assert api.guesses(question, actor=Actor()) == ["纺机新村"]
    assert api.beginnings("银", actor=Actor()) == ["银杏苑"]


@pytest.mark.parametrize("typed", ["停" * 61, "停" * 10_000, "停" * 1_000_000, "！？", " ".join("一二三四五六七八九")])
def test_what_cannot_be_asked_is_said_so_at_once(typed):
    with pytest.raises(UserError):
        api.read_question(typed, api.synonyms_for(typed))


def test_nothing_typed_is_no_question():
    assert api.read_question(" 　\u200b", {}) is None


def test_a_kind_that_nobody_registered_is_refused():
    with pytest.raises(LookupError):
        api.put_entry(kind="unknown", subject=1, title="x", url="/")


def test_hits_are_marked_without_changing_a_character():
    pieces = api.marked("纺机新村 ３ 幢<b>停水", ["3幢", "停水"])
    assert "".join(text for _hit, text in pieces) == "纺机新村 ３ 幢<b>停水"
    assert [text for hit, text in pieces if hit] == ["３ 幢", "停水"]


def test_a_long_text_is_shown_around_its_hit():
    text = "前" * 300 + "停水" + "后" * 300
    assert "停水" in api.excerpt(text, ["停水"]) and len(api.excerpt(text, ["停水"])) < 100


def test_a_search_takes_two_statements_and_a_new_entry_two(django_assert_num_queries):
    for n in range(30):
        put(n, f"停水第{n}次")
    question = api.read_question("停水", {})
    with django_assert_num_queries(2):
        assert len(api.search(question, actor=Actor()).entries) == 20
    with django_assert_num_queries(1):
        assert api.search(api.read_question("第29次", {}), actor=Actor()).total == 1
    with django_assert_num_queries(2):
        put(30, "停水第30次")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="plans of SQLite")
def test_the_newest_are_read_from_the_index_of_words_without_sorting():
    for filters in (api.Filters(), api.Filters(kind="note"), api.Filters(place="/1/2/"), api.Filters(since=factories.NOW)):
        with CaptureQueriesContext(connection) as asked:
            api.search(api.read_question("停水 电梯", {}), actor=Actor(), filters=filters)
        for one in asked.captured_queries:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {one['sql']}")
                plan = " | ".join(row[3] for row in cursor.fetchall())
            assert plan.startswith("SCAN linli_search_fts VIRTUAL TABLE") and "TEMP B-TREE" not in plan
