"""Forms of blog posts, albums and reports; what they ask is said to whoever writes with a thumb."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.design.forms import PlainForm
from linli.files.api import File
from linli.people.api import Actor

from . import pending
from .album_rules import LEAD
from .album_rules import TITLE as ALBUM_TITLE
from .blog_rules import ALT, REASON, TITLE
from .models import AlbumPicture, BlogPicture


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PicturesField(forms.FileField):
    """Several pictures at once; each is looked at by the files app."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = list(data) if isinstance(data, list | tuple) else [data] if data else []
        if not files and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return files


def _pictures(**kw: Any) -> PicturesField:
    widget = ManyFiles({"accept": "image/jpeg,image/png,image/webp", "multiple": True})
    return PicturesField(widget=widget, **kw)


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


class KeepingForm(SignedForm):
    """Pictures chosen are kept while something else is wrong. `chosen` names the form in which they were."""

    chosen = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, writer: Actor, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.writer = writer
        self.fields["chosen"].initial = uuid4
        gone = [name.removeprefix("drop_") for name in self.data if name.startswith("drop_")]
        self.kept: list[File] = []
        self._show(pending.waiting(writer, self._chosen, gone))

    @property
    def _chosen(self) -> UUID | None:
        try:
            return UUID(self.data.get("chosen", ""))
        except ValueError:
            return None

    def _show(self, files: list[File]) -> None:
        for file in files:
            self.fields[f"drop_{file.pk}"] = forms.BooleanField(label=_("不要这张"), required=False)
        self.kept += files
        if self.kept:
            self.fields["pictures"].required = False

    def keep(self, now: datetime) -> None:
        """Something is wrong: what was chosen just now waits. What cannot wait is named at its field."""
        uploads = self.files.getlist("pictures") if self.files else []
        kept, refused = pending.keep(self.writer, self._chosen, uploads, now)
        self._show(kept)
        said = " ".join(self.errors.get("pictures", []))
        for name, why in refused.items():
            if name not in said:
                self.add_error("pictures", f"{name}：{why}")  # data

    @property
    def kept_rows(self) -> list[tuple[File, Any]]:
        return [(file, self[f"drop_{file.pk}"]) for file in self.kept]

    @property
    def chosen_pictures(self) -> list[Any]:
        """What waited, then what was chosen now."""
        return [*self.kept, *self.cleaned_data["pictures"]]


class PostForm(KeepingForm):
    title = forms.CharField(label=_("标题"), error_messages={"required": _("写个标题")}, max_length=TITLE * 3)
    text = forms.CharField(
        label=_("正文"), error_messages={"required": _("写几句再发")}, widget=forms.Textarea({"rows": 12}), strip=False,
        help_text=_("空一行就是另起一段。行首写“- ”是列表，“## ”是小标题，两边写 ** 是加粗。"),
    )  # fmt: skip
    pictures = _pictures(label=_("加图片"), required=False, help_text=_("可以一次选几张，一篇最多 12 张。照片里的拍摄地点会自动去掉。"))
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
            "uploads": [(file, data["new_alt"]) for file in self.chosen_pictures],
        }  # fmt: skip


class AlbumForm(KeepingForm):
    title = forms.CharField(label=_("相册名"), error_messages={"required": _("写个标题")}, max_length=ALBUM_TITLE * 3)
    lead = forms.CharField(label=_("说明"), required=False, max_length=LEAD * 3, widget=forms.Textarea({"rows": 2}))
    pictures = _pictures(label=_("选图片"), error_messages={"required": _("先选几张图片")}, help_text=_("可以一次选好多张，一本最多 60 张。照片里的拍摄地点会自动去掉。"))

    def values(self) -> dict[str, Any]:
        """For `make_album`."""
        data = self.cleaned_data
        return {"title": data["title"], "lead": data["lead"], "uploads": [(file, "") for file in self.chosen_pictures]}


class AlbumEditForm(AlbumForm):
    """The album's words, and for each picture its place, alt and caption."""

    cover = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, there: Iterable[AlbumPicture] = (), **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.there = list(there)
        self.fields["cover"].choices = [(str(one.pk), "") for one in self.there]  # type: ignore[attr-defined]
        self.fields["pictures"].label, self.fields["pictures"].required = _("再加几张"), False
        for nth, picture in enumerate(self.there, 1):
            key = picture.pk
            self.fields[f"nth_{key}"] = forms.IntegerField(label=_("第几张"), required=False, initial=nth, min_value=0, max_value=999)
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
