"""Rows of a document as parts of a form: as many as there are, with empty ones to add; what is emptied goes.

Works without scripts: “one more row” sends the form and gets it back with another empty row, nothing lost or checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.calendar.api import UNIT_LABELS
from linli.common.text import clean
from linli.design.forms import DayField, PlainForm

from ..content import Amount, Basis, Condition, Content, Faq, Material, Part, Question, Step
from ..rules import LINE, TEXT, Form, Source, Special

MOST, EMPTY = 40, 2
MOST_CHOICES, CHOICE = 8, 20
UNITS = [(unit.value, label) for unit, label in UNIT_LABELS.items()]


class When(forms.MultipleChoiceField):
    """For whom the row counts, by the answers to the item's questions; for everybody where nothing is ticked."""

    def __init__(self) -> None:
        super().__init__(
            label=_("只有这样回答的人才要"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("都不勾，就是谁都要"),
        )


class Row(PlainForm):
    """One row. `many` is the document's field; `key` rows keep a key of their own."""

    many: ClassVar[str]
    title: ClassVar[Any]
    hint: ClassVar[Any] = ""
    part: ClassVar[type[Part]]
    letter: ClassVar[str] = ""

    def __init__(self, *args: Any, content: Content, **kw: Any) -> None:
        super().__init__(*args, **{"use_required_attribute": False, **kw})
        if "when" in self.fields:
            choices = [
                (f"{question.key}={choice}", f"{question.text} {choice}")
                for question in content.questions
                for choice in question.choices
            ]
            if choices:
                self.fields["when"].choices = choices  # type: ignore[attr-defined]
            else:
                del self.fields["when"]

    @property
    def is_blank(self) -> bool:
        """Whether nobody typed a word into it."""
        texts = [
            name
            for name, field in self.fields.items()
            if isinstance(field, forms.CharField) and name != "key"
        ]
        return not any(str(self[name].value() or "").strip() for name in texts)

    def as_part(self) -> Part:
        """Call after `is_valid`."""
        data = dict(self.cleaned_data)
        for name, value in data.items():
            data[name] = (
                tuple(value)
                if isinstance(value, list)
                else " ".join(clean(value).split())
                if isinstance(value, str)
                else value
            )
        return self.part(**data)

    @classmethod
    def filled(cls, part: Part) -> dict[str, Any]:
        return asdict(part)  # type: ignore[call-overload,no-any-return]


class ConditionRow(Row):
    many, title, part = "conditions", _("条件"), Condition
    hint = _("一行一条，像说话一样写：年满 80 周岁，从满 80 岁的当月算起")
    text = forms.CharField(label=_("条件"), max_length=LINE)
    when = When()


class AmountRow(Row):
    many, title, part = "amounts", _("标准"), Amount
    hint = _("拿到多少，按人分：80—89 岁，每月 100 元。没有就空着")
    who = forms.CharField(label=_("什么人"), max_length=20)
    what = forms.CharField(label=_("多少"), max_length=40)


class QuestionRow(Row):
    many, title, part, letter = "questions", _("问题"), Question, "q"
    hint = _("问一两句，就知道他要带哪几样。比如：谁来办？本人来／别人代办")
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=_("问什么"), max_length=40)
    choices = forms.CharField(
        label=_("能怎么回答"), widget=forms.Textarea({"rows": 3}), help_text=_("一行一个，至少两个")
    )

    def clean_choices(self) -> list[str]:
        lines = [" ".join(clean(line).split()) for line in self.cleaned_data["choices"].splitlines()]
        found = list(dict.fromkeys(filter(None, lines)))
        if not 2 <= len(found) <= MOST_CHOICES:
            raise forms.ValidationError(str(format_lazy(_("回答要 2 到 {n} 个，一行一个"), n=MOST_CHOICES)))
        if any(len(one) > CHOICE for one in found):
            raise forms.ValidationError(str(format_lazy(_("一个回答最多 {n} 个字"), n=CHOICE)))
        return found

    @classmethod
    def filled(cls, part: Part) -> dict[str, Any]:
        data = super().filled(part)
        return data | {"choices": "\n".join(data["choices"])}


class MaterialRow(Row):
    many, title, part, letter = "materials", _("材料"), Material, "m"
    hint = _("少要一样是一样：我们已经有的、能去调的，就别让人带")
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("叫什么"), max_length=40)
    source = forms.ChoiceField(
        label=_("从哪来"), choices=Source.choices, initial=Source.SELF, widget=forms.RadioSelect
    )
    form = forms.ChoiceField(label=_("要什么样的"), choices=Form.choices, initial=Form.ORIGINAL)
    copies = forms.IntegerField(label=_("几份"), min_value=1, max_value=9, initial=1)
    where = forms.CharField(label=_("到哪里开，或者怎么准备"), max_length=LINE, required=False)
    valid_days = forms.IntegerField(
        label=_("几天以内开的"), min_value=0, max_value=3650, required=False, help_text=_("不限就空着")
    )
    promise = forms.BooleanField(label=_("没有的话，签承诺书也行"), required=False)
    when = When()

    def clean_valid_days(self) -> int:
        return self.cleaned_data["valid_days"] or 0

    @classmethod
    def filled(cls, part: Part) -> dict[str, Any]:
        data = super().filled(part)
        return data | {"valid_days": data["valid_days"] or None}


class StepRow(Row):
    many, title, part = "steps", _("步骤"), Step
    hint = _("从申请到拿到结果，一步一行")
    name = forms.CharField(label=_("做什么"), max_length=20)
    who = forms.CharField(label=_("谁做，怎么做"), max_length=LINE, required=False)
    special = forms.ChoiceField(
        label=_("要另外花时间的"), choices=[("", _("没有")), *Special.choices], required=False
    )
    amount = forms.IntegerField(
        label=_("多长"), min_value=0, max_value=2500, required=False, help_text=_("当时就做完，空着")
    )
    unit = forms.ChoiceField(label=_("单位"), choices=UNITS, initial="working-day")
    counted = forms.BooleanField(label=_("算在办理期限里"), required=False, initial=True)
    when = When()

    def clean_amount(self) -> int:
        return self.cleaned_data["amount"] or 0

    @classmethod
    def filled(cls, part: Part) -> dict[str, Any]:
        data = super().filled(part)
        return data | {"amount": data["amount"] or None}


class BasisRow(Row):
    many, title, part = "bases", _("依据"), Basis
    hint = _("法律、法规或文件，写到第几条")
    name = forms.CharField(label=_("文件名"), max_length=LINE)
    article = forms.CharField(label=_("第几条"), max_length=40, required=False)
    since = DayField(label=_("从哪天起施行"), required=False)
    until = DayField(label=_("到哪天为止"), required=False, help_text=_("一直有效就空着"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", str(_("到期的日子不能早于施行的日子")))
        return data

    def as_part(self) -> Part:
        for name in ("since", "until"):
            day = self.cleaned_data[name]
            self.cleaned_data[name] = day.isoformat() if day else ""
        return super().as_part()


class FaqRow(Row):
    many, title, part = "faqs", _("常问"), Faq
    question = forms.CharField(label=_("人家怎么问"), max_length=40)
    answer = forms.CharField(label=_("怎么答"), max_length=TEXT, widget=forms.Textarea({"rows": 3}))


_KEY = re.compile(r"[a-z][a-z0-9]{0,9}")


class Rows:
    """All rows of one field, from the document or as they were typed."""

    def __init__(
        self,
        row: type[Row],
        content: Content,
        data: QueryDict | None = None,
        *,
        kept: Sequence[Mapping[str, Any]] | None = None,
    ) -> None:
        self.row, self.content = row, content
        self.many, self.title, self.hint = row.many, row.title, row.hint
        if data is not None:
            numbers = {
                int(found[1])
                for name in data
                if (found := re.fullmatch(rf"{row.many}-([0-9]{{1,3}})-[a-z_]+", name))
            }
            typed = [row(data, prefix=f"{row.many}-{n}", content=content) for n in sorted(numbers)[:MOST]]
            self.forms = [
                row(prefix=f"{row.many}-{n}", content=content) if form.is_blank else form
                for n, form in zip(sorted(numbers), typed, strict=False)
            ]
            return
        filled = kept if kept is not None else [row.filled(part) for part in getattr(content, row.many)]
        empty = 0 if len(filled) >= MOST else 1 if kept is not None or filled else EMPTY
        self.forms = [
            row(
                prefix=f"{row.many}-{n}",
                content=content,
                initial=dict(filled[n]) if n < len(filled) else None,
            )
            for n in range(len(filled) + empty)
        ]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.forms)

    def __len__(self) -> int:
        return len(self.forms)

    @property
    def written(self) -> list[Row]:
        """Rows into which somebody typed."""
        return [form for form in self.forms if form.is_bound]

    def is_valid(self) -> bool:
        return all(form.is_valid() for form in self.written)

    def typed(self) -> list[dict[str, Any]]:
        """What stands in the rows as it was typed, to show it again."""
        return [{name: form[name].value() for name in form.fields} for form in self.written]

    def parts(self) -> tuple[Part, ...]:
        """Call after `is_valid`. Rows with a key keep it; new ones get the next."""
        taken: set[str] = set()
        for form in self.written if self.row.letter else ():
            key = form.cleaned_data.get("key", "")
            fresh = (f"{self.row.letter}{n}" for n in range(1, 999))
            theirs = {str(other["key"].value()) for other in self.written}
            if not _KEY.fullmatch(key) or key in taken:
                key = next(one for one in fresh if one not in taken | theirs)
            form.cleaned_data["key"] = key
            taken.add(key)
        return tuple(form.as_part() for form in self.written)
