"""Forms of blog posts, albums and reports; what they ask is said to whoever writes with a thumb."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.design.forms import PlainForm
from linli.files.api import KeepingForm, PicturesField
from linli.people.api import Actor

from .album_rules import LEAD
from .album_rules import TITLE as ALBUM_TITLE
from .blog_rules import ALT, REASON, TITLE
from .models import AlbumPicture, BlogPicture


class SignedForm(PlainForm):
    """Whoever acts in a post chooses whether the office signs."""

    sign = forms.ChoiceField(label=_("署名"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, actor: Actor | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if actor is None or actor.acting is None or actor.person is None:
            del self.fields["sign"]
            return
        choices = [("office", actor.acting.body_name), ("self", actor.person.display_name)]
        self.fields["sign"].choices = choices  # type: ignore[attr-defined]
        self.fields["sign"].initial = "office"

    @property
    def as_office(self) -> bool:
        return self.cleaned_data.get("sign") == "office"


class PostForm(SignedForm, KeepingForm):
    title = forms.CharField(label=_("标题"), error_messages={"required": _("写个标题")}, max_length=TITLE * 3)
    text = forms.CharField(
        label=_("正文"), error_messages={"required": _("写几句再发")}, widget=forms.Textarea({"rows": 12}), strip=False,
        help_text=_("空一行就是另起一段。行首写“- ”是列表，“## ”是小标题，两边写 ** 是加粗。"),
    )  # fmt: skip
    pictures = PicturesField(label=_("加图片"), required=False, help_text=_("可以一次选几张，一篇最多 12 张。照片里的拍摄地点会自动去掉。"))
    new_alt = forms.CharField(
        label=_("图上是什么"), required=False, max_length=ALT * 3, help_text=_("一句话，给看不见的人听。几张图可以先写同一句，存好再分别改。")
    )
    private_ok = forms.BooleanField(label=_("可以公开，照样发"), required=False)

    def __init__(self, *args: Any, there: Iterable[BlogPicture] = (), **kw: Any) -> None:
        super().__init__(*args, **kw)
        asked = self.data.get("do", "publish")  # a draft may lack anything
        for name in ("title", "text"):
            self.fields[name].required = asked == "publish"
        self.there = list(there)
        for picture in self.there:
            self.fields[f"alt_{picture.pk}"] = forms.CharField(
                label=_("图上是什么"), required=False, initial=picture.alt, max_length=ALT * 3
            )
            self.fields[f"gone_{picture.pk}"] = forms.BooleanField(label=_("去掉这张"), required=False)
        self.warned = False

    @property
    def rows(self) -> list[tuple[BlogPicture, Any, Any]]:
        """Each picture that is there, with its fields."""
        return [(one, self[f"alt_{one.pk}"], self[f"gone_{one.pk}"]) for one in self.there]

    def values(self) -> dict[str, Any]:
        """For `save_post`."""
        data = self.cleaned_data
        return {
            "title": data["title"], "text": data["text"], "private_ok": data["private_ok"],
            "alts": {one.pk: data[f"alt_{one.pk}"] for one in self.there},
            "removed": [one.pk for one in self.there if data[f"gone_{one.pk}"]],
            "uploads": [(file, data["new_alt"]) for file in self.chosen_files],
        }  # fmt: skip


class AlbumForm(SignedForm, KeepingForm):
    title = forms.CharField(label=_("相册名"), error_messages={"required": _("写个标题")}, max_length=ALBUM_TITLE * 3)
    lead = forms.CharField(label=_("说明"), required=False, max_length=LEAD * 3, widget=forms.Textarea({"rows": 2}))
    pictures = PicturesField(label=_("选图片"), error_messages={"required": _("先选几张图片")}, help_text=_("可以一次选好多张，一本最多 60 张。照片里的拍摄地点会自动去掉。"))

    def values(self) -> dict[str, Any]:
        """For `make_album`."""
        data = self.cleaned_data
        return {"title": data["title"], "lead": data["lead"], "uploads": [(file, "") for file in self.chosen_files]}


class AlbumEditForm(AlbumForm):
    """The album's words, and for each picture of one page its number in the whole album, alt and caption."""

    cover = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, there: Iterable[tuple[int, AlbumPicture]] = (), **kw: Any) -> None:
        super().__init__(*args, **kw)
        numbered = list(there)
        self.there = [picture for _nth, picture in numbered]
        self.fields["cover"].choices = [(str(one.pk), "") for one in self.there]  # type: ignore[attr-defined]
        self.fields["pictures"].label, self.fields["pictures"].required = _("再加几张"), False
        for nth, picture in numbered:
            key = picture.pk
            self.fields[f"nth_{key}"] = forms.IntegerField(label=_("第几张"), required=False, initial=nth, min_value=1, max_value=999)
            self.fields[f"alt_{key}"] = forms.CharField(label=_("图上是什么"), required=False, initial=picture.alt, max_length=ALT * 3)
            self.fields[f"caption_{key}"] = forms.CharField(label=_("配一句话"), required=False, initial=picture.caption, max_length=LEAD * 3)
            self.fields[f"gone_{key}"] = forms.BooleanField(label=_("去掉这张"), required=False)

    @property
    def rows(self) -> list[dict[str, Any]]:
        names = ("nth", "alt", "caption", "gone")
        return [{"picture": one, **{name: self[f"{name}_{one.pk}"] for name in names}} for one in self.there]

    def changes(self) -> dict[str, Any]:
        """For `change_album`."""
        data = self.cleaned_data
        keys = [one.pk for one in self.there]
        return self.values() | {
            "order": {key: data[f"nth_{key}"] for key in keys if data[f"nth_{key}"] is not None},
            "words": {key: (data[f"alt_{key}"], data[f"caption_{key}"]) for key in keys},
            "removed": [key for key in keys if data[f"gone_{key}"]],
            "cover": UUID(data["cover"]) if data["cover"] else None,
        }  # fmt: skip


class ReasonForm(PlainForm):
    """Whoever takes down his own need not say why."""

    reason = forms.CharField(label=_("原因"), error_messages={"required": _("写明原因，作者会看到")}, max_length=REASON * 3)

    def __init__(self, *args: Any, own: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["reason"].required = not own


class ReportForm(PlainForm):
    reason = forms.CharField(label=_("哪里不妥"), error_messages={"required": _("写一句这张图哪里不妥")}, max_length=REASON * 3, help_text=_("比如看得清别人的脸或门牌。"))


class DecideForm(PlainForm):
    answer = forms.CharField(label=_("写给双方的话"), error_messages={"required": _("写明原因，双方会看到")}, max_length=REASON * 3)
