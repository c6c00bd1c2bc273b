"""Definitions, conditions and answers, without a database."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.common.errors import UserError
from linli.forms.rules import editing
from linli.forms.rules.answers import evaluate
from linli.forms.rules.definition import Field, Step, Type, Words
from linli.forms.rules.document import as_text, document
from linli.forms.rules.formats import FORMATS
from linli.forms.rules.pages import pages, resume_at, shown_pages
from linli.forms.rules.parse import NotAForm, from_text, parse
from linli.forms.rules.said import say
from linli.forms.rules.shown import lines
from linli.forms.rules.typed import read

DATA = Path(__file__).parent.parent / "data"
EXAMPLES = sorted(path.stem for path in DATA.glob("*.json"))


def example(name):
    return from_text((DATA / f"{name}.json").read_text(encoding="utf-8"))


CHECKER = jsonschema.FormatChecker(formats=())
for _name, _format in FORMATS.items():
    CHECKER.checks(_name)(_format.holds)


def validates(definition, answers):
    return jsonschema.Draft202012Validator(document(definition), format_checker=CHECKER).is_valid(answers)


def small(**properties):
    steps = [{"key": "one", "title": "一步", "fields": [*properties]}]
    return {"title": "表", "x-order": steps, "properties": properties}


def text(**more):
    return {"type": "string", "title": "题", **more}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_a_json_schema_and_reads_back_as_itself(name):
    found = example(name)
    jsonschema.Draft202012Validator.check_schema(document(found))
    assert from_text(as_text(found)) == found
    assert all(one.title.en and one.title.zh for one in found.fields)


# One right and one wrong answer for every kind of field, so that hypothesis meets both often.
def values(one):
    formats = {
        "date": ["2026-05-19", "2026-02-30"], "phone": ["+8613800001234", "+86138"], "cn-id-number": ["11010519491231002X", "110105194912310021"],
        "cn-postal-code": ["200000", "20000"], "cn-credit-code": ["91350100M000100Y43", "91350100M000100Y44"], "digits": ["6222020000000001", "62a"],
        "cn-plate": ["桂A12345", "A1"],
    }  # fmt: skip
    match one.type:
        case Type.TEXT if one.format:
            return st.sampled_from([*formats[one.format], 3])
        case Type.TEXT:
            return st.sampled_from(["何立群", "x" * (one.longest + 1), "", None])
        case Type.INTEGER:
            return st.sampled_from([0, 1, 2, 81, 30_000, -1, 10**12, "3", True])
        case Type.YES_NO | Type.AGREE:
            return st.sampled_from([True, False, "yes"])
        case Type.CHOICE:
            return st.sampled_from([*(option.value for option in one.options), "nothing"])
        case Type.CHOICES:
            return st.lists(st.sampled_from([*(option.value for option in one.options), "nothing"]), max_size=5)
    rows = st.fixed_dictionaries({}, optional={inner.key: values(inner) for inner in one.fields})
    return st.lists(rows, max_size=3)


@st.composite
def answered(draw):
    """A form with some answers: mostly right ones, so that whole forms are accepted too."""
    definition = example(draw(st.sampled_from(EXAMPLES)))
    optional = {one.key: values(one) for one in definition.fields}
    answers = draw(st.fixed_dictionaries({}, optional=optional))
    return definition, answers


@settings(max_examples=300, deadline=None)
@given(answered())
def test_the_server_and_the_schema_say_the_same_of_any_answers(pair):
    definition, answers = pair
    out = evaluate(definition, answers)
    assert (out.is_right and not out.dropped) == validates(definition, answers)


@settings(max_examples=300, deadline=None)
@given(answered())
def test_what_is_kept_fits_the_schema_as_soon_as_nothing_is_missing(pair):
    definition, answers = pair
    out = evaluate(definition, answers)
    again = evaluate(definition, out.kept)
    assert again.kept == out.kept and not again.errors and not again.dropped
    assert validates(definition, out.kept) == (not again.missing)


def right_answers(name):
    found = {
        "parking-views": {"cars": 2, "parks": "yard", "plate_wish": True, "trouble": ["full", "walk"], "measures": ["line"], "fee_ok": True, "fee": 3000},
        "old-age-allowance": {
            "name": "周秀英", "id_number": "11010519491231002X", "born": "1949-12-31", "age": 81, "phone": "+8613800001234", "address": "3 幢 101",
            "registered": True, "living": "alone", "bank": "rcb", "card": "6222020000000001", "holder_is_self": True, "by_self": True, "agree": True,
        },
        "residence-permit": {
            "name": "胡雨桐", "id_number": "11010519491231002X", "phone": "+8613800001234", "address": "1 幢 1203", "since": "2025-11-01",
            "housing": "own", "ground": "home", "with_family": True, "family": [{"name": "胡一", "relation": "child"}], "delivery": "pick", "agree": True,
        },
    }  # fmt: skip
    return found[name]


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_form_that_is_filled_in_is_right_for_both(name):
    definition, answers = example(name), right_answers(name)
    assert evaluate(definition, answers).is_right and validates(definition, answers)
    for key in answers:
        less = {other: value for other, value in answers.items() if other != key}
        assert evaluate(definition, less).is_right == validates(definition, less), key


def test_hidden_answers_are_dropped_and_nothing_later_depends_on_them():
    found = example("old-age-allowance")
    answers = right_answers("old-age-allowance") | {"registered_where": "别处"}
    out = evaluate(found, answers)
    assert out.dropped == ["registered_where"] and "registered_where" not in out.kept and out.is_right
    assert not validates(found, answers)
    away = evaluate(found, answers | {"registered": False})
    assert away.is_right and away.kept["registered_where"] == "别处"


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ([], ""),
        ({"title": "表", "wat": 1}, "wat"),
        ({"title": ""}, "title"),
        (small(a=text(pattern="(a+)+$")), "properties.a.pattern"),
        (small(a=text(format="regex")), "properties.a.format"),
        (small(a=text(format="fen")), "properties.a.format"),
        (small(a=text(maxLength=10**9)), "properties.a.maxLength"),
        (small(a=text(maxLength=True)), "properties.a.maxLength"),
        (small(a=text(minLength=9, maxLength=3)), "properties.a.minLength"),
        (small(a=text(title="<b>粗</b>")), "properties.a.title"),
        (small(a=text(title="\u202e倒")), "properties.a.title"),
        (small(a=text(title=5)), "properties.a.title"),
        (small(a={"type": "null", "title": "题"}), "properties.a.type"),
        (small(a={"title": "题", "type": {}}), "properties.a.type"),
        (small(A=text()), "properties.A"),
        (small(a=text(oneOf=[])), "properties.a.oneOf"),
        (small(a=text(oneOf=[{"const": "x", "title": "甲"}, {"const": "x", "title": "乙"}])), "properties.a.oneOf[1].const"),
        (small(a=text(**{"x-shown-if": {"filled": "b"}}), b=text()), "properties.a.x-shown-if.filled"),
        (small(a=text(**{"x-shown-if": {"filled": "a"}})), "properties.a.x-shown-if.filled"),
        (small(b=text(), a=text(**{"x-shown-if": {"equals": ["b", 3]}})), "properties.a.x-shown-if.equals"),
        (small(b=text(), a=text(**{"x-shown-if": {"at_least": ["b", 3]}})), "properties.a.x-shown-if.at_least"),
        (small(b=text(), a=text(**{"x-shown-if": {"matches": ["b", ".*"]}})), "properties.a.x-shown-if"),
        (small(b=text(), a=text(**{"x-shown-if": {"all": []}})), "properties.a.x-shown-if.all"),
        (small(a={"type": "array", "title": "组", "items": {"type": "object", "properties": {"b": {"type": "array", "title": "组"}}}}), "properties.a.items.properties.b.items"),
        (small(a=text()) | {"required": ["b"]}, "required"),
        (small(a=text()) | {"allOf": [{}]}, "allOf"),
        (small(a=text()) | {"x-order": []}, "properties.a"),
        (small(a=text()) | {"additionalProperties": True}, "additionalProperties"),
        (small(a=text()) | {"properties": {}}, "x-order[0].fields"),
        (small(a=text(**{"x-fact": "os.system('x')"})), "properties.a.x-fact"),
    ],
)  # fmt: skip
def test_every_fault_is_named_with_its_path(data, path):
    with pytest.raises(NotAForm) as caught:
        parse(data)
    assert path in [fault.path for fault in caught.value.faults], list(map(str, caught.value.faults))
    assert all(fault.text for fault in caught.value.faults)


def deep(n):
    return {"not": deep(n - 1)} if n else {"filled": "b"}


def test_deep_and_wide_conditions_are_refused_in_words():
    wide = {"any": [{"filled": "b"}] * 500}
    for condition in (deep(400), wide, {"all": [{"any": [{"filled": "b"}] * 20}] * 20}):
        with pytest.raises(NotAForm, match="条件太复杂"):
            parse(small(b=text(), a=text(**{"x-shown-if": condition})))


@pytest.mark.parametrize(
    "words", ["", "{", "[" * 100_000, '{"title": NaN}', '{"title": "a", "title": "b"}', "1" * 5000, "x" * 400_000, "null"]
)
def test_what_is_no_json_or_too_much_of_it_is_no_form(words):
    with pytest.raises(NotAForm):
        from_text(words)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["type", "title", "x-order", "properties", "fields", "key", "a", "equals", "all", "x-shown-if", "items", "oneOf", "const", "required", "x-en", "allOf"]
    ), inner, max_size=4),
    max_leaves=15,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(json_values, json_values)
def test_nothing_breaks_the_reader_and_nothing_the_answers(data, answers):
    try:
        parse(data)
    except NotAForm as error:
        assert error.faults
    out = evaluate(example("parking-views"), answers)
    assert not out.is_right


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(EXAMPLES), st.data())
def test_a_definition_with_one_value_changed_is_refused_or_means_something(name, data):
    document_ = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    key = data.draw(st.sampled_from(sorted(document_["properties"])))
    part = data.draw(st.sampled_from(sorted(document_["properties"][key])))
    document_["properties"][key][part] = data.draw(json_values)
    try:
        assert from_text(as_text(parse(document_)))
    except NotAForm as error:
        assert error.faults


TYPED = [
    ("phone", "138 0000 1234", "+8613800001234"), ("phone", "１３８００００１２３４", "+8613800001234"), ("cn-id-number", " 110105 19491231 002x", "11010519491231002X"),
    ("date", "2026年5月9日", "2026-05-09"), ("date", "2026/5/9", "2026-05-09"), ("cn-plate", "桂a12345", "桂A12345"), ("cn-postal-code", "２０００００", "200000"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "words", "value"), TYPED)
def test_people_type_in_many_ways(name, words, value):
    assert read(Field("a", Type.TEXT, Words("题"), format=name), words) == value


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("phone", "1380000123"), ("cn-id-number", "110105194912310021"), ("cn-id-number", "110105190013320021"), ("date", "2026-02-30"),
        ("date", "明天"), ("cn-postal-code", "12345"), ("digits", "一二三"), ("cn-credit-code", "91350100M000100Y44"),
        ("", "\u202e倒过来"), ("", "<script>x</script>"), ("", "x" * 1_000_000),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(name, words):
    with pytest.raises(UserError) as caught:
        read(Field("a", Type.TEXT, Words("题"), format=name), words)
    assert len(str(caught.value)) > 5


@pytest.mark.parametrize(("words", "fen"), [("1200", 120_000), ("1,200.5", 120_050), ("￥3", 300), ("0.005", None), ("三", None), ("1e99", None), ("NaN", None), ("-1", None)])
def test_money_is_exact_to_the_fen(words, fen):
    one = Field("a", Type.INTEGER, Words("钱"), format="fen", minimum=0)
    if fen is None:
        with pytest.raises(UserError):
            read(one, words)
    else:
        assert read(one, words) == fen


def test_a_step_is_cut_where_a_question_depends_on_one_before_it():
    found = example("residence-permit")
    keys = {page.key: [one.key for one in page.fields] for page in pages(found)}
    assert keys["home"] == ["address", "since", "housing"] and keys["home-2"] == ["landlord", "landlord_phone", "rent"]
    assert keys["family"] == ["with_family"] and keys["family-2"] == ["family"]
    out = evaluate(found, {"housing": "own"})
    assert "home-2" not in [page.key for page in shown_pages(found, out)]


def test_one_goes_on_where_something_is_missing():
    found = example("parking-views")
    assert resume_at(found, evaluate(found, {}), "") == "you"
    assert resume_at(found, evaluate(found, {"cars": 1}), "you") == "you-2"
    assert resume_at(found, evaluate(found, right_answers("parking-views")), "ideas-2") == ""
    assert resume_at(found, evaluate(found, {"cars": 1}), "night") == "you-2"


def test_answers_are_said_in_words_and_masked_where_they_name_somebody():
    found, answers = example("residence-permit"), right_answers("residence-permit") | {"rent": 1}
    said = {line.key: line.text for line in lines(found, answers)}
    assert said["housing"] == "自己买的" and said["family"] == "胡一 子女" and "rent" not in said
    hidden = {line.key: line.text for line in lines(found, answers, masked=True)}
    assert hidden["name"] == "胡**" and hidden["phone"] == "138****1234" and "1949" not in hidden["id_number"]


def test_conditions_are_said_in_words():
    found = example("parking-views")
    assert say(found.find("plate_wish").shown_if, found) == "“家里几辆车”不少于 1，并且不是这样：“一般停在哪里”是“自己的车位”"
    assert say(found.find("where").shown_if, found).startswith("“碰到过什么”里选了")


def test_a_question_is_not_moved_before_the_one_it_depends_on():
    found = example("parking-views")
    with pytest.raises(UserError, match="不在前面"):
        editing.move_field(found, "parks", -1)
    with pytest.raises(UserError, match="没有这个问题"):
        editing.drop_field(found, "cars")
    moved = editing.move_field(found, "words", -1)
    assert [one.key for one in moved.steps[2].fields] == ["measures", "fee_ok", "words", "fee"]
    over = editing.move_field(found, "where", 1)
    assert over.steps[2].fields[0].key == "where"


def test_steps_and_questions_are_added_and_taken_away():
    found = editing.put_step(example("parking-views"), Step("more", Words("还有")))
    assert editing.not_ready(found) == ["“还有”这一步还没有问题"]
    found = editing.put_field(found, "more", Field("q1", Type.TEXT, Words("几点回家")))
    assert not editing.not_ready(found) and found.find("q1").max_length == 100
    found = editing.put_field(found, "", replace(found.find("q1"), title=Words("几点到家")))
    assert found.find("q1").title.zh == "几点到家"
    assert editing.drop_step(found, "more") == example("parking-views")
