"""The form of one page that makes a group's site, and those of its later life."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area, full_name
from linli.design.forms import PlainForm, Tiles
from linli.people.api import Person

from .group_rules import CONTACT, KINDS, NAME, PURPOSE, REASON
from .models import GroupApplication
from .rules import LEAD, LONGEST, SiteKind

ICONS = {SiteKind.GROUP: "users", SiteKind.CLUB: "heart", SiteKind.PARTY: "flag"}


class PlaceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return full_name(obj)


class WordsForm(PlainForm):
    """What everybody reads of a group. Lengths are looked at by the verbs, which say them in words."""

    name = forms.CharField(label=_("名称"), error_messages={"required": _("写名称")}, max_length=NAME * 3, help_text=_("比如“缝纫小组”“护河志愿队”"))
    lead = forms.CharField(label=_("一句话介绍"), required=False, max_length=LEAD * 3, help_text=_("挂在名字下面，比如“周六下午教锁边”"))
    purpose = forms.CharField(
        label=_("做什么，谁可以来"), max_length=PURPOSE * 3, widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("写两句：做什么，谁可以来")},
    )  # fmt: skip
    contact = forms.CharField(
        label=_("什么时候、在哪里找得到你们"), error_messages={"required": _("写什么时候在哪里找得到你们")}, max_length=CONTACT * 3,
        help_text=_("会公开。写时间和地点，别写自己的手机号。比如“周六 14:00—17:00，社区 2 楼”"),
    )  # fmt: skip


class GroupForm(WordsForm):
    """All on one page; an empty address is spelled from the name."""

    kind = forms.ChoiceField(
        label=_("哪一种"), choices=KINDS, widget=Tiles(icons={str(k): v for k, v in ICONS.items()}), error_messages={"required": _("选一种")}
    )
    place = PlaceField(label=_("在哪里活动"), queryset=Area.objects.none(), empty_label=None)
    slug = forms.CharField(label=_("网址"), required=False, max_length=LONGEST * 3, help_text=_("空着就用名称的拼音。小写字母、数字和短横线。"))
    holder = forms.CharField(
        label=_("召集人的卡号"), required=False, max_length=20, help_text=_("写了，他就能管理这个站；可以以后再定。不能是自己。")
    )
    field_order = ("kind", "name", "place", "lead", "purpose", "contact", "slug", "holder")

    def __init__(self, *args: Any, places: Any, at_once: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        if not at_once:
            del self.fields["holder"]

    def clean_holder(self) -> Person | None:
        digits = re.sub(r"\D", "", self.cleaned_data["holder"])
        if not digits:
            return None
        found: Person | None = Person.objects.living().filter(code=digits).first()
        if found is None:
            raise forms.ValidationError(_("没有这个卡号，请对着卡再看一遍"))
        return found


class ShapeForm(WordsForm):
    @classmethod
    def of(cls, row: GroupApplication, data: Any) -> ShapeForm:
        return cls(data, initial={key: getattr(row, key) for key in ("name", "lead", "purpose", "contact")})


class ReasonForm(PlainForm):
    reason = forms.CharField(label=_("原因"), required=False, max_length=REASON * 3)
