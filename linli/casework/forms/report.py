"""A report, as it is filled in on any phone, without scripts too."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from linli.common.errors import UserError
from linli.common.text import normalise_phone
from linli.design.fields import FilesField, words
from linli.design.forms import PlainForm
from linli.design.widgets import Phone, Tiles
from linli.people.api import Body

from ..actions.reporting import CaseFacts
from ..models import Spot
from ..places import Where
from ..rules.words import MOST_PICTURES, SPOT, TEXT, WISH, Channel, Secrecy, Urgency
from ..themes import themes

URGENCIES = (Urgency.EMERGENCY, Urgency.URGENT, Urgency.ORDINARY)
CLERKS = (Channel.PHONE, Channel.COUNTER)


class ReportForm(PlainForm):
    """`clerk`: a post writes it for whoever calls; `known`: the account is the reporter's, so his phone is not asked."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    from_post = forms.CharField(widget=forms.HiddenInput, required=False)
    spot = forms.CharField(widget=forms.HiddenInput, required=False)
    point = forms.CharField(widget=forms.HiddenInput, required=False)
    channel = forms.ChoiceField(label=_("怎么来的"), widget=forms.RadioSelect, choices=[(one.value, one.label) for one in CLERKS])
    theme = forms.ChoiceField(label=_("是哪一类"), required=False)
    text = words(_("说说情况"), TEXT, _("看到什么、什么时候开始、影响谁。点了类别，一句不写也行"), required=False, rows=4)
    attached = FilesField(label=_("照片"), required=False, help_text=_("最多 6 张"))
    where = forms.ChoiceField(label=_("在哪里"))
    spot_text = words(_("具体在哪"), SPOT, _("旁边有什么，比如“北门进来第三盏灯”"), required=False)
    wish = words(_("希望怎么解决"), WISH, required=False, rows=2)
    urgency = forms.ChoiceField(label=_("急不急"), widget=forms.RadioSelect, required=False, choices=[(one.value, one.label) for one in URGENCIES])
    against = forms.ChoiceField(label=_("是投诉哪个单位"), required=False, help_text=_("被投诉的单位不办这件事，也看不到您是谁"))
    secrecy = forms.ChoiceField(label=_("谁知道是您"), widget=forms.RadioSelect, choices=Secrecy.choices, initial=Secrecy.NAMED)
    name = words(_("怎么称呼"), 20, required=False)
    phone = forms.CharField(label=_("手机号"), widget=Phone, help_text=_("实名、保密都要留，只用来联系您；匿名不用填"))
    passphrase = words(_("口令"), 40, _("匿名才要填：至少 6 个字，查进度时和查询码一起用。忘了没法找回"), required=False)
    consent = forms.BooleanField(label=_("本人同意登记姓名和电话，用来联系他"), required=False)
    public = forms.BooleanField(label=_("愿意公开：审核后登出来，不显示是谁反映的"), required=False)
    alike_seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, where: list[Where], bodies: list[Body], clerk: bool, known: bool, spot: Spot | None, **kw: Any) -> None:
        self.options, self.bodies, self.clerk = {one.key: one for one in where}, {str(one.pk): one for one in bodies}, clerk
        self.found_spot = spot
        kw["initial"] = {"key": uuid4(), **(kw.get("initial") or {})}
        super().__init__(*args, **kw)
        self.fields["theme"].choices = [(one.key, str(one)) for one in themes().values()]  # type: ignore[attr-defined]
        self.fields["theme"].widget = Tiles(choices=self.fields["theme"].choices, icons={one.key: one.icon for one in themes().values()})  # type: ignore[attr-defined]
        self.fields["where"].choices = _grouped(where)  # type: ignore[attr-defined]
        self.fields["against"].choices = [("", _("不是投诉单位")), *((str(one.pk), one.name) for one in bodies)]  # type: ignore[attr-defined]
        if spot is not None:
            del self.fields["where"]
        anonymous = self.data.get("secrecy") == Secrecy.ANONYMOUS
        self.fields["phone"].required, self.fields["passphrase"].required = not anonymous, anonymous
        for name in () if clerk else ("channel", "consent"):
            del self.fields[name]
        for name in ("name", "phone") if known and not clerk else ():
            del self.fields[name]

    def clean_from_post(self) -> str:
        """Another site's address is dropped without a word: nobody typed it."""
        path = str(self.cleaned_data["from_post"])
        return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, None) else ""

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        if not typed:
            return ""
        try:
            return normalise_phone(typed)
        except UserError as error:
            raise forms.ValidationError(str(error)) from None

    def clean_attached(self) -> list[Any]:
        found: list[Any] = self.cleaned_data["attached"]
        if len(found) > MOST_PICTURES:
            raise forms.ValidationError(_("最多 %(most)d 张，现在选了 %(n)d 张") % {"most": MOST_PICTURES, "n": len(found)})
        return found

    def clean_point(self) -> tuple[int, int] | None:
        """`lat,lon` in millionths of a degree, as the plan wrote it."""
        lat, _comma, lon = str(self.cleaned_data["point"]).partition(",")
        try:
            found = int(lat), int(lon)
        except ValueError:
            return None
        return found if abs(found[0]) <= 90_000_000 and abs(found[1]) <= 180_000_000 else None

    def facts(self, pictures: tuple[Any, ...], group_with: UUID | None) -> CaseFacts:
        got, spot = self.cleaned_data, self.found_spot
        point = got["point"] or ((spot.latitude, spot.longitude) if spot is not None else None) or (None, None)
        consent = str(_("本人同意登记姓名和电话")) if got.get("consent") else ""
        return CaseFacts(
            key=str(got["key"]), place=spot.place if spot is not None else self.options[got["where"]].place, text=got["text"],
            theme=got["theme"], urgency=got["urgency"], channel=got.get("channel") or (Channel.POST if got["from_post"] else Channel.WEB),
            spot=spot, spot_text=got["spot_text"], latitude=point[0], longitude=point[1], wish=got["wish"], secrecy=got["secrecy"],
            visibility_asked=got["public"], against=self.bodies.get(got["against"]), name=got.get("name", ""), phone=got.get("phone", ""),
            passphrase=got["passphrase"], from_post=got["from_post"], group_with=group_with, pictures=pictures, consent=consent,
        )  # fmt: skip


def _grouped(where: list[Where]) -> list[Any]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in where:
        groups.setdefault(one.group, []).append((one.key, one.label))
    return [("", _("请选")), *groups.items()] if len(where) > 1 else [(one.key, one.label) for one in where]
