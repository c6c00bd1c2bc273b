"""One page on which a clerk writes a notice, on any phone."""

from __future__ import annotations

import hashlib
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Level, title
from linli.common import clock
from linli.common.privacy_check import Finding, find_private, say_findings
from linli.common.text import clean
from linli.design.forms import DayField, PlainForm
from linli.design.widgets import Phone
from linli.people.api import Actor, Body
from linli.sites.api import Site

from . import notice_rules as rules
from .actions.notices import Words
from .models import Notice
from .notice_desk_queries import buildings_of
from .notice_fields import FilesField, TimeField
from .notice_fields import words as words_field
from .notice_rules import Kind, NoticeLevel, short_problem

LEVELS = [
    (NoticeLevel.ORDINARY.value, _("一般：挂在站上")),
    (NoticeLevel.IMPORTANT.value, _("重要：再放进大家的收件箱")),
    (NoticeLevel.URGENT.value, _("紧急：首页红条、收件箱，还发短信，夜里也发")),
]
PRIVATE = ("title", "text", "short", "contact_name", "contact_phone")
INDENT = {Level.STREET: "", Level.COMMUNITY: "　", Level.COMPOUND: "　　"}


class NoticeForm(PlainForm):
    """`found` is what looks like personal data, by field, after validation with `asks=True`."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = words_field(_("标题"), rules.TITLE, _("先说结果：什么事、哪里、到什么时候"))
    kind = forms.ChoiceField(label=_("哪一类"), choices=Kind.choices, initial=Kind.OTHER)
    level = forms.ChoiceField(
        label=_("多要紧"), choices=LEVELS, widget=forms.RadioSelect, initial=NoticeLevel.ORDINARY
    )
    site = forms.ChoiceField(label=_("发给哪里"), help_text=_("这里和下面的站都看得到；小区的只在小区"))
    buildings = forms.CharField(
        label=_("只给哪几幢"), required=False, max_length=120, help_text=_("写楼号，比如 3、4 或 1—6；空着就是整个小区"),
    )  # fmt: skip
    text = words_field(
        _("正文"), rules.TEXT, _("空一行是新的一段；行首写 - 是一条；网址自己变成链接"), rows=8
    )
    short = words_field(
        _("短句"), 1000, _("短信和喇叭用，最多 70 个字，只写念得出来的话；重要和紧急的必写"), required=False, rows=2
    )  # fmt: skip
    valid_until = DayField(label=_("有效到哪天"), help_text=_("过了这天自己从列表里下来"))
    valid_time = TimeField(label=_("那天几点"), required=False, help_text=_("空着就是当天结束"))
    publish_day = DayField(label=_("定在哪天发"), required=False, help_text=_("空着就是核过马上发"))
    publish_time = TimeField(label=_("几点发"), required=False, help_text=_("空着就是早上 8:00"))
    contact_name = words_field(_("有事找谁"), rules.CONTACT_NAME, required=False)
    contact_phone = forms.CharField(
        label=_("电话"), max_length=rules.CONTACT_PHONE, required=False, widget=Phone({"autocomplete": "off"}),
        help_text=_("写单位的电话"),
    )  # fmt: skip
    attached = FilesField(label=_("图片和 PDF"), required=False, help_text=_("最多 9 个，每个最大 20 MB"))
    pinned = forms.BooleanField(label=_("置顶"), required=False)
    private_ok = forms.BooleanField(label=_("看过了，这些可以公开"), required=False)

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        sites: list[Site],
        notice: Notice | None = None,
        asks: bool = False,
        **kw: Any,
    ) -> None:
        self.actor, self.sites, self.notice, self.asks = (
            actor,
            {str(site.pk): site for site in sites},
            notice,
            asks,
        )
        self.found: dict[str, list[Finding]] = {}
        kw.setdefault("initial", self._initial(notice))
        super().__init__(*args, **kw)
        choices = [
            (key, f"{INDENT.get(Level(site.place.level), '')}{self._site_name(site)}")
            for key, site in self.sites.items()
        ]
        self.fields["site"].choices = choices if len(choices) == 1 else [("", _("请选")), *choices]  # type: ignore[attr-defined]

    @staticmethod
    def _site_name(site: Site) -> str:
        return site.name if site.body_id else title(site.place)

    @staticmethod
    def _initial(notice: Notice | None) -> dict[str, Any]:
        if notice is None:
            return {"key": uuid4()}
        values = {name: getattr(notice, name) for name in (
            "title", "kind", "level", "text", "short", "contact_name", "contact_phone", "pinned",
        )}  # fmt: skip
        ends = notice.valid_until.astimezone(clock.SHANGHAI)
        at = notice.publish_at.astimezone(clock.SHANGHAI) if notice.publish_at else None
        return values | {
            "key": notice.pk, "site": str(notice.site_id), "buildings": notice.audience, "valid_until": notice.last_day,
            "valid_time": None if notice.ends_with_its_day else ends.time(),
            "publish_day": at.date() if at else None, "publish_time": at.time() if at else None,
        }  # fmt: skip

    def clean_title(self) -> str:
        return " ".join(clean(self.cleaned_data["title"]).split())

    def clean_text(self) -> str:
        return clean(self.cleaned_data["text"].replace("\r\n", "\n"))

    def clean_short(self) -> str:
        short = " ".join(clean(self.cleaned_data["short"]).split())
        problem = short_problem(short)
        if problem:
            raise forms.ValidationError(problem)
        return short

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        site = self.sites.get(got.get("site", ""))
        got["place_site"], got["places"] = site, []
        if site is not None and got.get("buildings"):
            got["places"] = self._buildings(site, got["buildings"])
        if got.get("publish_time") and not got.get("publish_day"):
            self.add_error("publish_day", _("写了几点，还要选哪天。"))
        if self.asks:
            self._warn(got)
        return got

    def _buildings(self, site: Site, typed: str) -> list[Any]:
        if site.place.level != Level.COMPOUND or site.body_id:
            self.add_error("buildings", _("只给几幢楼，“发给哪里”要选一个小区。"))
            return []
        there = {area.name: area for area in buildings_of(site.place)}
        names, unknown = rules.read_buildings(typed, {name: area.pk for name, area in there.items()})
        if unknown:
            facts = {"place": site.place.name, "what": unknown[0], "there": rules.name_buildings(list(there))}
            self.add_error("buildings", _("%(place)s没有“%(what)s”。这里有 %(there)s。") % facts)
        return [there[name] for name in names]

    # Personal data: named at its field, then removed or confirmed; what comes new is asked anew.

    def _warn(self, got: dict[str, Any]) -> None:
        office = self.actor.acting and self._office_phone()
        for name in PRIVATE:
            known = [office or "", got.get("contact_phone") or "" if name != "contact_phone" else ""]
            found = find_private(str(got.get(name) or ""), known=filter(None, known))
            if found:
                self.found[name] = found
        if not self.found or (got.get("private_ok") and self.data.get("private_seen") == self.private_seen):
            return
        for name, found in self.found.items():
            self.add_error(
                name, _("里面有%(what)s。删掉，或在下面勾“可以公开”。") % {"what": say_findings(found)}
            )

    def _office_phone(self) -> str:
        acting = self.actor.acting
        return (
            acting and Body.objects.filter(pk=acting.body_id).values_list("phone", flat=True).first()
        ) or ""

    @property
    def private_seen(self) -> str:
        """What the confirmation is about, without saying it."""
        said = "|".join(sorted({one.text for found in self.found.values() for one in found}))
        return hashlib.sha256(said.encode()).hexdigest()[:16] if said else ""

    def words(self) -> Words:
        got = self.cleaned_data
        return Words(
            site=got["place_site"], buildings=got["places"], valid_until=self._ends(), publish_at=self._starts(),
            **{name: got[name] for name in ("kind", "level", "title", "text", "short", "contact_name", "contact_phone", "pinned")},
        )  # fmt: skip

    def _ends(self) -> datetime:
        day, at = self.cleaned_data["valid_until"], self.cleaned_data.get("valid_time")
        if at is None or at == time(23, 59):
            return clock.start_of(day + timedelta(days=1))
        return datetime.combine(day, at, clock.SHANGHAI)

    def _starts(self) -> datetime | None:
        day, at = self.cleaned_data.get("publish_day"), self.cleaned_data.get("publish_time")
        return datetime.combine(day, at or time(8), clock.SHANGHAI) if day else None
