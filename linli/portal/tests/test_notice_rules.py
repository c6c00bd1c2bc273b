"""What can be read aloud, and which buildings are meant."""

import pytest

from linli.portal.notice_rules import name_buildings, read_buildings, short_problem, unspeakable

THERE = {f"{n} 幢": n for n in range(1, 9)} | {"北楼": 99}


@pytest.mark.parametrize(
    "text",
    [
        "明天 8:00 到 12:00 停水，先存点水。",
        "三幢停电，问居委会，电话 555 0110。",
        "A 座停水",
        "水位 3.6 米！",
        "",
        "好的？请来；谢谢：见",
    ],
)
def test_words_figures_and_times_can_be_read_aloud(text):
    assert unspeakable(text) == ""


@pytest.mark.parametrize(
    ("text", "first"),
    [("停水（明天）", "（"), ("看 https://a.example/b 再说", "https://a.example/b"), ("装个 APP 看", "APP"), ("8—12 点", "—"),
     ("停水😀", "😀"), ("50% 的水", "%"), ("3#楼", "#"), ("“快”", "“"), ("写信 a@example.org", "a@example.org"), ("★先看【这里】", "★"),
     ("8: 开始", ":"), ("3 ㎡", "㎡"), ("①先", "①"), ("一\n二", "\n")],
)  # fmt: skip
def test_the_first_thing_that_cannot_be_read_aloud_is_named(text, first):
    assert unspeakable(text) == first
    assert first.strip() in short_problem(text)


def test_seventy_characters_are_a_short_form_and_seventy_one_are_not():
    assert short_problem("停" * 70) == ""
    assert "71" in short_problem("停" * 71)


@pytest.mark.parametrize(
    ("typed", "names"),
    [("3、4", ["3 幢", "4 幢"]), ("1—3", ["1 幢", "2 幢", "3 幢"]), ("3幢，5号楼", ["3 幢", "5 幢"]), ("８ 6", ["6 幢", "8 幢"]),
     ("1到2 北楼", ["1 幢", "2 幢", "北楼"]), ("3、4 幢", ["3 幢", "4 幢"]), ("1—6 幢", [f"{n} 幢" for n in range(1, 7)]), ("", [])],
)  # fmt: skip
def test_buildings_are_read_as_people_write_them(typed, names):
    assert read_buildings(typed, THERE) == (names, [])


@pytest.mark.parametrize("typed", ["9", "7-9", "5-2", "南楼", "3-99999", "x"])
def test_buildings_that_are_not_there_are_named(typed):
    assert read_buildings(typed, THERE)[1]


def test_names_of_buildings_are_drawn_together_and_can_be_read_again():
    assert name_buildings(["3 幢", "4 幢"]) == "3、4 幢"
    assert name_buildings([f"{n} 幢" for n in (1, 2, 3, 5)]) == "1—3、5 幢"
    assert name_buildings(["北楼", "3 幢"]) == "北楼、3 幢"
    for names in (["3 幢", "4 幢"], ["1 幢", "2 幢", "3 幢", "5 幢"]):
        assert read_buildings(name_buildings(names), THERE) == (names, [])
