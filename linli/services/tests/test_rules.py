"""The document of an item, without a database."""

from dataclasses import replace
from datetime import date

import pytest

from linli.common.errors import UserError
from linli.services import differences, words
from linli.services.content import Condition, Content, Material, Question, Step, fits, needed
from linli.services.letters import first_letter
from linli.services.missing import missing
from linli.services.rules import Source, check_code, is_stale

from .factories import OTHER, OWN, make_content


@pytest.mark.parametrize(
    ("scheme", "typed", "code"),
    [
        ("gbt39554", "99 20 00001 000", "992000001000"),
        ("gbt39554", "511z07001006", "511Z07001006"),
        ("own", " ld-0012 ", "LD-0012"),
    ],
)
def test_codes_are_kept_as_their_scheme_writes_them(scheme, typed, code):
    assert check_code(scheme, typed) == code


@pytest.mark.parametrize(
    ("scheme", "typed"),
    [
        ("gbt39554", "99200000100"),
        ("gbt39554", "9920000010000"),
        ("gbt39554", "99200000A000"),
        ("own", "津贴"),
        ("own", "-1-"),
        ("own", ""),
    ],
)
def test_codes_of_another_shape_are_refused_at_their_field(scheme, typed):
    with pytest.raises(UserError) as caught:
        check_code(scheme, typed)
    assert caught.value.field == "code"


def test_a_document_is_read_again_as_it_was_written():
    content = make_content()
    assert Content.read(content.as_json()) == content
    assert Content.read(
        {
            **content.as_json(),
            "of_a_later_version": 1,
            "materials": [{"key": "m1", "name": "身份证", "smell": 3}],
        }
    ).materials == (Material("m1", "身份证"),)


def test_without_answers_everything_counts_and_says_on_what_it_depends():
    found = needed(make_content(), {})
    assert [row.name for row in found.materials] == ["身份证", "银行卡", "委托书"]
    assert found.open == {found.materials[2]: "别人代办"}
    assert found.to_bring == 2


def test_an_answer_prunes_materials_conditions_and_steps():
    content = make_content(
        conditions=(Condition("满 80 岁"), Condition("有委托书", (OTHER,))),
        steps=(Step("受理"), Step("打电话核实", when=(OTHER,))),
    )
    own = needed(content, {"who": "本人来"})
    assert (
        [row.name for row in own.materials] == ["身份证", "银行卡"]
        and len(own.conditions) == len(own.steps) == 1
        and not own.open
    )
    other = needed(content, {"who": "别人代办"})
    assert len(other.materials) == 3 and len(other.conditions) == len(other.steps) == 2 and not other.open


def test_of_one_question_any_answer_suffices_and_every_question_counts():
    when = ("home=租的", "home=单位的", "age=老")
    assert fits(when, {"home": "租的", "age": "老"}) and fits(when, {"home": "单位的"}) and fits(when, {})
    assert not fits(when, {"home": "自己的"}) and not fits(when, {"home": "租的", "age": "小"})


def test_an_answer_to_a_question_that_is_gone_changes_nothing():
    content = make_content(questions=())
    assert len(needed(content, {"who": "本人来"}).materials) == 3


def test_a_whole_document_lacks_nothing():
    assert missing(make_content()) == []


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"lead": ""}, "basics"), ({"audiences": ()}, "basics"), ({"conditions": ()}, "conditions"), ({"promised_amount": 0}, "handling"),
        ({"promised_amount": 30}, "handling"), ({"steps": ()}, "handling"), ({"ask_phone": ""}, "places"), ({"fee": 500}, "places"),
        ({"result_name": ""}, "places"), ({"bases": ()}, "law"), ({"questions": ()}, "materials"),
        ({"questions": (Question("who", "谁来办？", ("本人来", "家人来")),)}, "materials"),
    ],
)  # fmt: skip
def test_each_gap_leads_to_the_page_on_which_it_is_mended(change, part):
    assert [gap.part for gap in missing(make_content(**change))] == [part]


def test_a_promise_is_held_against_the_law_only_where_both_count_alike():
    assert not make_content(promised_amount=21).limit_is_kept
    assert make_content(promised_amount=21, legal_unit="natural-day").limit_is_kept
    assert make_content(promised_amount=21, legal_amount=0).limit_is_kept


def test_changes_name_the_line_with_what_it_was_and_what_it_is():
    old = make_content()
    new = replace(
        old,
        promised_amount=3,
        materials=old.materials[:2],
        conditions=(*old.conditions, Condition("没有在别处领", (OWN,))),
    )
    found = {change.label: (change.before, change.after) for change in differences.changes(old, new)}
    assert found["多久办完"] == ("5 个工作日", "3 个工作日")
    assert found["材料：委托书"][1] == "" and found["条件 3"] == ("", f"没有在别处领 {OWN}")
    assert len(found) == 3
    assert differences.changes(old, old) == []


def test_papers_say_how_each_is_given_and_what_is_ready_comes_last():
    rows = words.papers(needed(make_content(materials=(
        Material("a", "证明", source=Source.AGENCY), Material("b", "照片", "original", 2, where="照相馆", valid_days=180, promise=True),
    )), {}))  # fmt: skip
    assert [(row.name, row.how, row.where, row.ready) for row in rows] == [
        ("照片", "原件 2 份", "照相馆；180 天以内开的；没有的话，签承诺书也行", False), ("证明", "我们去调，不用交", "", True),
    ]  # fmt: skip


def test_names_stand_under_the_letter_of_their_sound():
    assert [first_letter(name) for name in ("高龄津贴", "ETC 办理", "养犬登记", "3 岁以下", "")] == [
        "G",
        "E",
        "Y",
        "#",
        "#",
    ]


def test_what_nobody_looked_at_for_180_days_is_stale():
    assert is_stale(None, date(2026, 5, 19)) and is_stale(date(2025, 11, 19), date(2026, 5, 19))
    assert not is_stale(date(2025, 11, 20), date(2026, 5, 19))
