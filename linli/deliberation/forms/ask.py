"""A question, as its asker fills it in on any phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.design.fields import FilesField, PrivacyAsked, words
from linli.people.api import Body

from ..actions.asking import Words
from ..rules import MOST_PICTURES, TEXT, TITLE, Theme, Visibility, is_path


@dataclass(frozen=True)
class Choice:
    """An office that one may ask here, and the place at which the question would stand."""

    place: Area
    office: Body
    label: str

    @property
    def key(self) -> str:
        return f"{self.place.pk}-{self.office.pk.hex}"


class AskForm(PrivacyAsked):
    """`joint` is asked of residents alone: a body's question is put at once."""

    watched = ("title", "text")
    key = forms.UUIDField(widget=forms.HiddenInput)
    about = forms.CharField(widget=forms.HiddenInput, required=False)
    office = forms.ChoiceField(label=_("问哪个单位"), widget=forms.RadioSelect)
    title = words(_("一句话说清问什么"), TITLE, _("比如：加装电梯的分摊款，用了多少、还剩多少？"))
    text = words(
        _("详细说"), TEXT, _("哪里、什么时候、希望答复什么。空一行分段；行首写“- ”成一条一条"), rows=7
    )
    theme = forms.ChoiceField(label=_("是哪一类"), choices=[("", _("请选")), *Theme.choices])
    attached = FilesField(label=_("图片"), required=False, help_text=_("最多 4 张，每张最大 20 MB"))
    joint = forms.ChoiceField(label=_("怎么问"), widget=forms.RadioSelect, initial="now")
    visibility = forms.ChoiceField(
        label=_("谁看得到"), choices=Visibility.choices, widget=forms.RadioSelect, initial=Visibility.PUBLIC
    )
    field_order = ["office", "title", "text", "theme", "attached", "joint", "visibility", "private_ok"]

    def __init__(
        self, *args: Any, choices: list[Choice], needed: int | None, body: str = "", **kw: Any
    ) -> None:
        self.choices = {one.key: one for one in choices}
        kw["initial"] = {"key": uuid4(), **(kw.get("initial") or {})}
        if len(choices) == 1:
            kw["initial"].setdefault("office", choices[0].key)
        super().__init__(*args, known=tuple(one.office.phone for one in choices), **kw)
        self.fields["office"].choices = [(one.key, one.label) for one in choices]  # type: ignore[attr-defined]
        if needed is None:
            del self.fields["joint"]
            self.fields["visibility"].choices = [  # type: ignore[attr-defined]
                (Visibility.PUBLIC.value, _("公开，显示单位名称")),
                (Visibility.PRIVATE.value, _("不公开，只有两个单位看得到")),
            ]
        else:
            self.fields["joint"].choices = [  # type: ignore[attr-defined]
                ("now", _("我现在就问，马上交办；别人可以再联署")),
                ("joint", _("先请邻居联署，满 %(n)d 人再交办") % {"n": needed}),
            ]

    def clean_about(self) -> str:
        """Somebody else's address is dropped without a word: it was never typed."""
        about = str(self.cleaned_data["about"])
        return about if about and is_path(about) else ""

    def clean_attached(self) -> list[Any]:
        found: list[Any] = self.cleaned_data["attached"]
        if len(found) > MOST_PICTURES:
            raise forms.ValidationError(_("最多 4 张，现在选了 %(n)d 张") % {"n": len(found)})
        return found

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if got.get("joint") == "joint" and got.get("visibility") == Visibility.PRIVATE:
            self.add_error("visibility", _("联署的问题要公开，邻居才看得到"))
        if got.get("visibility") != Visibility.PRIVATE:
            self.warn(got)
        return got

    def words(self, pictures: int) -> Words:
        got = self.cleaned_data
        chosen = self.choices[got["office"]]
        return Words(
            place=chosen.place, office=chosen.office, title=got["title"], text=got["text"], theme=got["theme"],
            visibility=got["visibility"], joint=got.get("joint") == "joint", about=got["about"], pictures=pictures,
        )  # fmt: skip
