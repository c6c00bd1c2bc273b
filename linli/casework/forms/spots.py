"""Things with a code on them; and the words for a case that becomes public."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.design.fields import PrivacyAsked, words
from linli.design.forms import PlainForm
from linli.design.widgets import Tiles

from ..rules.looking import Purpose
from ..rules.words import NAME, SPOT, TEXT, TITLE
from ..themes import themes


class SpotForm(PlainForm):
    place = forms.ChoiceField(label=_("在哪个小区"))
    name = words(_("叫什么"), NAME, _("走到跟前的人一看就懂，比如“北门 3 号路灯”"))
    where = words(_("具体位置"), SPOT, required=False)
    theme = forms.ChoiceField(label=_("是哪一类"))

    def __init__(self, *args: Any, places: list[Area], **kw: Any) -> None:
        self.places = {str(one.pk): one for one in places}
        super().__init__(*args, **kw)
        self.fields["place"].choices = [(key, one.name) for key, one in self.places.items()]  # type: ignore[attr-defined]
        self.fields["theme"].choices = [(one.key, str(one)) for one in themes().values()]  # type: ignore[attr-defined]
        self.fields["theme"].widget = Tiles(choices=self.fields["theme"].choices, icons={one.key: one.icon for one in themes().values()})  # type: ignore[attr-defined]


class PublishForm(PrivacyAsked):
    """What everybody will read: nobody may be recognised in it."""

    watched = ("title", "text")
    title = words(_("标题"), TITLE, _("不写人名、门牌"))
    text = words(_("内容"), TEXT, _("把认得出人的话都改掉：姓名、电话、门牌、车牌、谁家的孩子"), rows=7)
    pictures = forms.MultipleChoiceField(label=_("公开哪几张照片"), required=False, widget=forms.CheckboxSelectMultiple)
    field_order = ["title", "text", "pictures", "private_ok"]

    def __init__(self, *args: Any, pictures: list[tuple[str, str]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["pictures"].choices = pictures  # type: ignore[attr-defined]
        if not pictures:
            del self.fields["pictures"]

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        self.warn(got)
        return got


class LookForm(PlainForm):
    purpose = forms.ChoiceField(label=_("为什么要看"), choices=Purpose.choices, widget=forms.RadioSelect, help_text=_("反映人会看到谁、什么时候、为什么看的"))
