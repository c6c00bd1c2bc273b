"""Fields, their errors and the summary."""

import datetime as dt
import re

import pytest
from django import forms
from django.template.loader import render_to_string

from linli.design.forms import DayField, Phone, ThreePartField, Tiles


class Claim(forms.Form):
    room = forms.CharField(label="几号房", help_text="写门牌上的号")
    phone = forms.CharField(label="手机号", widget=Phone, required=False)
    role = forms.ChoiceField(
        label="身份", choices=[("a", "业主"), ("b", "租户")], widget=Tiles(icons={"a": "key"})
    )
    day = DayField(label="哪天", required=False)
    born = ThreePartField(label="出生", required=False)
    agree = forms.BooleanField(label="读过了")

    def clean_phone(self):
        if len(self.cleaned_data["phone"].replace(" ", "")) == 10:
            raise forms.ValidationError("手机号少了一位，现在是 10 位")
        return self.cleaned_data["phone"]


def test_a_field_is_named_explained_and_styled():
    html = Claim().as_p() and Claim()["room"].as_field_group()
    assert '<label for="id_room">几号房' in html
    assert 'class="in"' in html
    assert 'aria-describedby="id_room_helptext"' in html and 'id="id_room_helptext"' in html


def test_a_wrong_field_keeps_what_was_typed_and_says_why():
    form = Claim({"phone": "138 0000 123"})
    html = form["phone"].as_field_group()
    assert 'value="138 0000 123"' in html
    assert 'aria-invalid="true"' in html and 'aria-describedby="id_phone_error"' in html
    assert 'class="field wrong"' in html and "手机号少了一位，现在是 10 位" in html


def test_the_summary_links_to_the_first_control_of_each_wrong_field():
    form = Claim({"phone": "138 0000 123"})
    html = render_to_string("design/errors.html", {"form": form}) + str(form)
    links = re.findall(r'href="#(\w+)"', html)
    assert links == ["id_room", "id_phone", "id_role_0", "id_agree"]
    assert all(html.count(f'id="{link}"') == 1 for link in links)
    assert "有 4 处要改" in html


def test_summary_and_field_say_the_same_words():
    form = Claim({})
    assert form["room"].said == ["“几号房”还没填"]
    assert form["role"].said == ["“身份”还没选"]
    assert form["agree"].said == ["“读过了”还没勾"]
    summary = render_to_string("design/errors.html", {"form": form})
    assert "“几号房”还没填" in summary and "“几号房”还没填" in form["room"].as_field_group()


def test_no_errors_no_summary():
    assert not render_to_string("design/errors.html", {"form": Claim()}).strip()


def test_choices_are_a_group_with_a_legend():
    html = Claim()["role"].as_field_group()
    assert "<fieldset" in html and "<legend>身份" in html and 'class="tiles"' in html and "#i-key" in html


@pytest.mark.parametrize(
    "typed", ["2026-05-25", "2026年5月25日", "2026/5/25", "2026 年 5 月 25 日", "20260525"]
)
def test_a_day_is_understood_however_it_is_typed(typed):
    assert DayField().clean(typed) == dt.date(2026, 5, 25)


def test_a_day_that_was_not_understood_stays_to_be_mended():
    html = Claim({"day": "后天"})["day"].as_field_group()
    assert 'type="text"' in html and 'value="后天"' in html
    assert 'type="date"' in Claim({"day": "2026-05-25"})["day"].as_field_group()


def test_a_day_known_by_heart_is_three_boxes():
    form = Claim({"born_0": "1948", "born_1": "10", "born_2": "3"})
    form.is_valid()
    assert form.cleaned_data["born"] == dt.date(1948, 10, 3)
    assert "没有这一天" in Claim({"born_0": "1948", "born_1": "2", "born_2": "30"})["born"].said[0]
    assert form["born"].as_field_group().count("<input") == 3


def test_what_people_type_is_escaped():
    html = Claim({"room": "<script>alert(1)</script>"})["room"].as_field_group()
    assert "<script>" not in html
