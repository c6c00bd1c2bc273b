"""Dates, numbers and the tags of templates."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import translation

from linli.common import slots
from linli.design import dates, text

NOW = dt.datetime(2026, 5, 19, 10, 0, tzinfo=dt.UTC)  # 18:00 in Shanghai


@pytest.mark.parametrize(
    ("moment", "zh", "en"),
    [
        (dt.datetime(2026, 5, 19, 8, 20, tzinfo=dt.UTC), "今天 16:20", "today 16:20"),
        (dt.datetime(2026, 5, 18, 1, 5, tzinfo=dt.UTC), "昨天 9:05", "yesterday 9:05"),
        (dt.datetime(2026, 5, 19, 16, 0, tzinfo=dt.UTC), "明天 0:00", "tomorrow 0:00"),
        (dt.datetime(2026, 5, 11, 13, 14, tzinfo=dt.UTC), "5月11日 21:14", "11 May 21:14"),
        (dt.datetime(2025, 12, 31, 16, 0, tzinfo=dt.UTC), "1月1日 0:00", "1 Jan 0:00"),
        (dt.datetime(2025, 12, 31, 15, 0, tzinfo=dt.UTC), "2025年12月31日 23:00", "31 Dec 2025 23:00"),
    ],
)
def test_a_moment_is_said_as_a_neighbour_says_it(moment, zh, en):
    assert dates.moment_text(moment, NOW) == zh
    with translation.override("en"):
        assert dates.moment_text(moment, NOW) == en


def test_the_year_is_named_when_it_is_another():
    assert dates.day_text(dt.date(2026, 5, 19), NOW) == "5月19日"
    assert dates.day_text(dt.date(2024, 5, 19), NOW) == "2024年5月19日"


def render(source, **context):
    return Template(source).render(Context(context))


def test_a_day_is_a_time_element():
    assert (
        render("{{ d|day:now }}", d=dt.date(2026, 5, 19), now=NOW)
        == '<time datetime="2026-05-19">5月19日</time>'
    )
    assert render("{{ d|day }}", d=None) == ""


def test_figures_stay_with_their_measure_words():
    assert text.bind("纺机新村 3 幢，24 小时") == "纺机新村 3\u00a0幢，24\u00a0小时"
    assert render("{{ t|bind }}", t="5月9日前，8:30—17:30") == (
        '<span class="nb">5月9日</span>前，<span class="nb">8:30—17:30</span>'
    )


def test_bind_escapes_what_people_wrote():
    assert "<b>" not in render("{{ t|bind }}", t="<b>5月9日</b>")


@pytest.mark.parametrize(
    ("number", "grouped"),
    [
        ("+8613800001234", "138 0000 1234"), ("13800001234", "138 0000 1234"), ("5550100", "555 0100"),
        ("01062345678", "010 6234 5678"), ("0571-87654321", "0571 8765 4321"), ("110", "110"), ("12345", "12345"),
        ("+44 20 7946", "+44 20 7946"), ("", ""),
    ],
)  # fmt: skip
def test_telephone_numbers_are_grouped(number, grouped):
    assert text.phone_groups(number) == grouped


def test_codes_are_grouped_four_four_two():
    assert text.code_groups("3207418526") == "3207 4185 26"


def test_an_icon_stands_silent_beside_its_word_and_speaks_alone():
    assert 'aria-hidden="true"' in render('{% icon "search" %}')
    assert 'role="img" aria-label="搜索"' in render('{% icon "search" label="搜索" %}')
    assert render("{% icon name %}", name='"><script>') == ""


def test_a_slot_gives_what_apps_put_there(rf):
    def provider(request):
        return [slots.Link("乙", "/b/", order=2), slots.Link("甲", "/a/", order=1)]

    slots.fill("test.design", provider)
    source = '{% slot "test.design" as links %}{% for link in links %}{{ link.label }}{% endfor %}'
    assert render(source, request=rf.get("/")) == "甲乙"
