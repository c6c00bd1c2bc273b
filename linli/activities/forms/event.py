"""An event, as its organiser fills it in; on a phone with native controls, without scripts."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Level, ancestors_of
from linli.common.clock import SHANGHAI
from linli.common.errors import UserError
from linli.common.money import show_yuan
from linli.common.privacy_check import find_private, say_findings
from linli.design.forms import DayField
from linli.files.api import ACCEPT, KeepingForm

from ..actions.events import Facts
from ..models import Event
from ..rules import CONTACT, MOST_COMPANIONS, MOST_PLACES, TEXT, TITLE, WHERE, days_of, parse_fee

FORMATS = ["%H:%M", "%H:%M:%S", "%H：%M", "%H.%M"]


class ClockField(forms.TimeField):
    """A time of day; the native control, tolerant typing where there is none."""

    default_error_messages = {"invalid": _("时间没看懂，请写成 14:00")}

    def __init__(self, **kw: Any) -> None:
        widget = forms.TimeInput({"type": "time", "class": "short"}, format="%H:%M")
        super().__init__(input_formats=FORMATS, widget=widget, **kw)


class PlaceField(forms.ModelChoiceField):
    """Places by their names from the community down; the ancestors of all in one query."""

    names: dict[int, str]

    def offer(self, places: Any) -> None:
        self.queryset = places
        above = ancestors_of(list(places))
        self.names = {
            key: "".join(one.name for one in rows if one.level > Level.STREET) for key, rows in above.items()
        }

    def label_from_instance(self, obj: Any) -> str:
        return self.names.get(obj.pk, "") + str(obj.name)


class EventForm(KeepingForm):
    keeps = "picture"
    place = PlaceField(
        label=_("办给哪里的人"),
        queryset=None,
        empty_label=None,
        help_text=_("活动出现在那里和下面每个小区的网站上，那里的居民能报名"),
    )
    title = forms.CharField(
        label=_("活动名称"), max_length=TITLE, help_text=_("一眼看出做什么，比如：旧衣改一改，缝纫小组教锁边")
    )
    starts_day = DayField(label=_("哪天"))
    starts_time = ClockField(label=_("几点开始"))
    ends_time = ClockField(label=_("几点结束"))
    last_day = DayField(label=_("最后一天"), required=False, help_text=_("当天结束就空着"))
    where = forms.CharField(
        label=_("在哪里"), max_length=WHERE, help_text=_("写到找得到，比如：社区 2 楼活动室")
    )
    text = forms.CharField(
        label=_("内容"), max_length=TEXT, required=False, widget=forms.Textarea({"rows": 6}),
        help_text=_("空一行分段；行首写“- ”成一条一条；前后加 ** 是加粗"),
    )  # fmt: skip
    with_signup = forms.BooleanField(
        label=_("要报名"), required=False, initial=True, help_text=_("不要报名的，大家直接来")
    )
    capacity = forms.IntegerField(
        label=_("名额"),
        required=False,
        min_value=1,
        max_value=MOST_PLACES,
        help_text=_("连同带来的人一共几位；不限就空着"),
    )
    with_queue = forms.BooleanField(
        label=_("报满以后可以候补"),
        required=False,
        initial=True,
        help_text=_("有人取消，自动按先后补上并告诉本人"),
    )
    companions = forms.TypedChoiceField(label=_("每人最多带几位"), coerce=int, initial=0)
    signup_day = DayField(label=_("报名截止到哪天"), required=False, help_text=_("空着就到开始为止"))
    signup_time = ClockField(label=_("几点截止"), required=False, help_text=_("空着就到那天 24:00"))
    fee = forms.CharField(
        label=_("费用（元）"),
        max_length=12,
        required=False,
        help_text=_("免费就空着"),
        widget=forms.TextInput({"inputmode": "decimal", "class": "short"}),
    )
    contact = forms.CharField(
        label=_("联系"),
        max_length=CONTACT,
        required=False,
        help_text=_("打哪个电话问谁，比如：555 0110，沈主任"),
    )
    picture = forms.FileField(label=_("图片"), required=False, widget=forms.FileInput({"accept": ACCEPT}))
    picture_alt = forms.CharField(
        label=_("图上是什么"), max_length=200, required=False, help_text=_("读给看不见图的人听；有图就要写")
    )
    private_ok = forms.BooleanField(label=_("看过了，可以公开"), required=False)

    def __init__(
        self, *args: Any, places: Any, event: Event | None = None, known: tuple[str, ...] = (), **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.event, self.known = event, known
        choices = [(n, str(n) if n else _now("不能带")) for n in range(MOST_COMPANIONS + 1)]
        self.fields["companions"].choices = choices  # type: ignore[attr-defined]
        if event is None:
            self.fields["place"].offer(places)  # type: ignore[attr-defined]
        else:
            del self.fields["place"]
        self.asks_private = bool(args and args[0] is not None and args[0].get("private_ok"))

    def clean_fee(self) -> int:
        try:
            return parse_fee(self.cleaned_data["fee"])
        except UserError as error:
            raise forms.ValidationError(str(error)) from None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.chosen_files and not data.get("picture_alt"):
            self.add_error("picture_alt", _now("给图片写一句说明，看不见图的人也知道是什么"))
        self._clean_private(data)
        return data

    def _clean_private(self, data: dict[str, Any]) -> None:
        """Warn of what should not be published, once; the writer removes it or says that it may stand there."""
        for name in ("title", "where", "text", "contact"):
            found = find_private(str(data.get(name) or ""), known=self.known)
            if found and not data.get("private_ok"):
                self.asks_private = True
                said = {"what": say_findings(found)}
                self.add_error(
                    name, _now("这里写了%(what)s，会公开给所有人。请删掉，或在最下面勾“可以公开”") % said
                )

    def facts(self) -> Facts:
        """What was filled in; call after `is_valid`."""
        data = self.cleaned_data
        starts = _moment(data["starts_day"], data["starts_time"])
        ends = _moment(data["last_day"] or data["starts_day"], data["ends_time"])
        return Facts(
            title=data["title"], where=data["where"], starts=starts, ends=ends, text=data["text"], contact=data["contact"],
            fee=data["fee"], with_signup=data["with_signup"], capacity=data["capacity"], with_queue=data["with_queue"],
            companions=data["companions"], signup_until=self._until(),
        )  # fmt: skip

    def _until(self) -> datetime | None:
        day, at = self.cleaned_data["signup_day"], self.cleaned_data["signup_time"]
        if day is None:
            return None
        end = _moment(day, at) if at else _moment(day + timedelta(days=1), time())
        starts = _moment(self.cleaned_data["starts_day"], self.cleaned_data["starts_time"])
        return min(end, starts) if not at and day == self.cleaned_data["starts_day"] else end


def _moment(day: Any, at: Any) -> datetime:
    return datetime.combine(day, at, SHANGHAI)


def filled(event: Event) -> dict[str, Any]:
    """The form of an event that exists."""
    first, last = days_of(event.starts, event.ends)
    until = timezone.localtime(event.signup_until) if event.signup_until else None
    return {
        "title": event.title, "starts_day": first, "starts_time": timezone.localtime(event.starts).time(),
        "ends_time": timezone.localtime(event.ends).time(), "last_day": last if last != first else None,
        "where": event.where, "text": event.text, "with_signup": event.with_signup, "capacity": event.capacity,
        "with_queue": event.with_queue, "companions": event.companions, "contact": event.contact,
        "signup_day": until.date() if until else None, "signup_time": until.time() if until else None,
        "fee": show_yuan(event.fee) if event.fee else "", "picture_alt": event.picture_alt,
    }  # fmt: skip
