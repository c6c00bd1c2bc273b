"""Blocks of first pages and guides. Text only: whatever draws them is a template of ours."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from linli.common.text import clean

from ..parts import slot_choices
from ..rules import NOUNS, is_own_path

FEATURES = ["bold", "ol", "ul", "h3"]


class PlainBlock(blocks.CharBlock):
    """A line of text without control characters or marks that turn the direction of writing."""

    def clean(self, value: str) -> str:
        return " ".join(clean(super().clean(value) or "").split())


class ProseBlock(blocks.RichTextBlock):
    """Paragraphs, lists, small headings; no links (they have a block of their own), no embeds."""

    def __init__(self, **kw: Any) -> None:
        super().__init__(features=FEATURES, **kw)


class AddressBlock(blocks.CharBlock):
    """A page of this site (`/phones/`), or one elsewhere over https."""

    def clean(self, value: str) -> str:
        text = clean(super().clean(value) or "").strip()
        if text and not (is_own_path(text) or text.startswith("https://")):
            raise ValidationError(_("网址以 https:// 开头；本站的页面以 / 开头。"))
        return text


class PictureBlock(blocks.ChooserBlock):
    """A picture of the site's library."""

    @cached_property
    def target_model(self) -> Any:
        from .library import LibraryFile

        return LibraryFile

    @cached_property
    def widget(self) -> Any:
        from ..editor.choosers import pictures

        return pictures.widget_class()

    def bulk_to_python(self, values: Any) -> Any:
        """Keys come as text out of JSON."""
        return super().bulk_to_python([UUID(str(value)) if value else None for value in values])

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else str(value.pk)

    def get_form_state(self, value: Any) -> Any:
        state = super().get_form_state(value)
        return {**state, "id": str(state["id"])} if state else state

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value is not None and not value.is_picture:
            raise ValidationError(_("这一份不是图片。"))
        return value

    class Meta:
        icon = "image"


class NounBlock(blocks.StaticBlock):
    """Where a box of another app stands."""

    class Meta:
        admin_text = _("内容自己会更新，这里只排它放在哪儿。")


class TextBlock(blocks.StructBlock):
    title = PlainBlock(label=_("标题"), max_length=40)
    text = ProseBlock(label=_("正文"))


class ShownPictureBlock(blocks.StructBlock):
    picture = PictureBlock(label=_("图片"))
    caption = PlainBlock(label=_("图下的话"), max_length=80, required=False)


class PicturesBlock(blocks.StructBlock):
    title = PlainBlock(label=_("标题"), max_length=40)
    pictures = blocks.ListBlock(ShownPictureBlock(), label=_("图片"), min_num=1, max_num=8)


class LinkBlock(blocks.StructBlock):
    label = PlainBlock(label=_("文字"), max_length=40)
    address = AddressBlock(label=_("网址"), max_length=400)


class LinksBlock(blocks.StructBlock):
    title = PlainBlock(label=_("标题"), max_length=40)
    links = blocks.ListBlock(LinkBlock(), label=_("链接"), min_num=1, max_num=12)


class SlotBlock(blocks.StructBlock):
    part = blocks.ChoiceBlock(label=_("哪一块"), choices=slot_choices)


class PhoneBlock(blocks.StructBlock):
    name = PlainBlock(label=_("谁"), max_length=40)
    number = blocks.RegexBlock(r"[0-9+][0-9 -]{2,19}", label=_("电话"))


def _nouns() -> list[tuple[str, NounBlock]]:
    return [(name, NounBlock(label=label, icon="placeholder")) for name, label in NOUNS.items()]


HOME = [
    *_nouns(),
    ("text", TextBlock(label=_("一段文字"), icon="pilcrow")),
    ("pictures", PicturesBlock(label=_("图片"), icon="image")),
    ("links", LinksBlock(label=_("链接"), icon="link")),
    ("slot", SlotBlock(label=_("别的一块"), icon="placeholder")),
]
STEPS = [
    (
        "step",
        blocks.StructBlock(
            [
                ("title", PlainBlock(label=_("做什么"), max_length=40)),
                ("text", blocks.TextBlock(label=_("怎么做"), max_length=400, required=False)),
            ],
            label=_("步骤"),
            icon="list-ol",
        ),
    )
]
BODY = [
    ("heading", PlainBlock(label=_("小标题"), max_length=40, icon="title")),
    ("text", ProseBlock(label=_("正文"), icon="pilcrow")),
    ("picture", ShownPictureBlock(label=_("图片"), icon="image")),
    ("note", blocks.TextBlock(label=_("提醒"), max_length=300, icon="warning")),
    ("phone", PhoneBlock(label=_("电话"), icon="mobile-alt")),
    ("link", LinkBlock(label=_("链接"), icon="link")),
]
