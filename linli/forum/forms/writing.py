"""The forms with which one writes: a topic, a reply, an edit. What they ask is said to whoever writes with a thumb."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from linli.design.forms import PlainForm
from linli.files.api import File
from linli.people.api import Actor

from ..access import may_speak
from ..models import Board, Draft
from ..rules import MOST_PICTURES, TEXT, TITLE


def signatures(actor: Actor, board: Board) -> list[tuple[str, Any]]:
    """Under which names he may write on the board."""
    choices: list[tuple[str, Any]] = []
    if actor.acting is not None and may_speak(actor, board):
        choices.append(("office", say("%(office)s（写明由您经手）") % {"office": actor.acting.body_name}))
    choices.append(("self", actor.person.display_name if actor.person else ""))
    if board.anonymous:
        choices.append(("unnamed", _("不署名（邻居和版主都看不到是谁，依法查询时例外）")))
    return choices


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PicturesField(forms.FileField):
    """Several pictures at once; each is looked at by the files app before the form is asked."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return []


class WriteForm(PlainForm):
    """The words, the pictures, and under which name. `kept`: pictures that have already been sent for this key."""

    text = forms.CharField(
        label=_("正文"), error_messages={"required": _("写几句再发")}, strip=False,
        widget=forms.Textarea({"rows": 8, "maxlength": TEXT * 2}),
        help_text=_("空一行分段；行首“- ”是列表，“> ”是引用，**两边星号**加粗；@物业、@居委会 点名，他们会收到提醒。"),
    )  # fmt: skip
    pictures = PicturesField(
        label=_("照片"), required=False, widget=ManyFiles({"accept": "image/jpeg,image/png,image/webp", "multiple": True}),
        help_text=format_lazy(_("最多 {n} 张。别拍到别人的脸和门牌。"), n=MOST_PICTURES),
    )  # fmt: skip
    new_alt = forms.CharField(
        label=_("这些照片上是什么"),
        required=False,
        max_length=400,
        help_text=_("一句话，给看不见的人听，也写在照片下面。"),
    )
    sign = forms.ChoiceField(label=_("署名"), widget=forms.RadioSelect, required=False)
    private_ok = forms.BooleanField(label=_("可以发出：这些不是别人的私事，或者本人同意"), required=False)
    key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"invalid": _("这张表有点旧了，请打开再写")}
    )
    to = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    warned = False  # of personal data
    draft: Draft | None = None  # that it was filled from

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        board: Board,
        kept: Iterable[File] = (),
        edits: bool = False,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.kept = list(kept)
        for file in self.kept:
            self.fields[f"alt_{file.pk.hex}"] = forms.CharField(
                label=_("这张照片上是什么"), required=False, initial=file.alt, max_length=400
            )
            self.fields[f"drop_{file.pk.hex}"] = forms.BooleanField(label=_("不要这张"), required=False)
        self._offer_signatures(actor, board, edits)

    def _offer_signatures(self, actor: Actor, board: Board, edits: bool) -> None:
        """Nothing to choose for a neighbour on a board where all sign."""
        choices = signatures(actor, board)
        if edits or len(choices) == 1:
            del self.fields["sign"]
            return
        self.fields["sign"].choices = choices  # type: ignore[attr-defined]
        self.fields["sign"].initial = choices[0][0]

    @property
    def rows(self) -> Iterator[tuple[File, Any, Any]]:
        for file in self.kept:
            yield file, self[f"alt_{file.pk.hex}"], self[f"drop_{file.pk.hex}"]

    @property
    def dropped(self) -> list[UUID]:
        return [file.pk for file in self.kept if self.data.get(f"drop_{file.pk.hex}")]

    @property
    def alts(self) -> dict[UUID, str]:
        gone = set(self.dropped)
        return {
            file.pk: self.cleaned_data.get(f"alt_{file.pk.hex}", "")
            for file in self.kept
            if file.pk not in gone
        }

    def said(self) -> dict[str, Any]:
        """What the verbs are given."""
        data = self.cleaned_data
        return {
            "text": data["text"], "key": data["key"], "alts": self.alts, "private_ok": data["private_ok"],
            "as_office": data.get("sign") == "office", "unnamed": data.get("sign") == "unnamed",
        }  # fmt: skip


class TopicForm(WriteForm):
    title = forms.CharField(
        label=_("标题"),
        error_messages={"required": _("写个标题，一句话说清什么事")},
        help_text=format_lazy(_("一句话：哪里、什么事。最多 {n} 个字。"), n=TITLE),
    )
    tags = forms.CharField(
        label=_("标签"), required=False, help_text=_("几个词，用逗号隔开，比如“停车，充电”。不写也行。")
    )
    field_order = ("title", "text")

    def said(self) -> dict[str, Any]:
        return {"title": self.cleaned_data["title"], "tags": self.cleaned_data["tags"], **super().said()}


class EditForm(WriteForm):
    """One's post; of a first post its topic's title and tags too."""

    def __init__(self, *args: Any, first: bool, title: str = "", tags: str = "", **kw: Any) -> None:
        super().__init__(*args, edits=True, **kw)
        if first:
            self.fields["title"] = forms.CharField(
                label=_("标题"), initial=title, error_messages={"required": _("写个标题，一句话说清什么事")}
            )
            self.fields["tags"] = forms.CharField(label=_("标签"), required=False, initial=tags)

    def changes(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "text": data["text"], "alts": self.alts, "private_ok": data["private_ok"], "title": data.get("title"),
            "tags": data.get("tags"),
        }  # fmt: skip
