"""A step, a question and a condition chosen from lists, as staff fill them in. All of it without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.design.forms import PlainForm

from .. import facts
from ..rules.conditions import Condition, Many, Not, Test
from ..rules.definition import (
    HINT,
    MOST_OPTIONS,
    MOST_TEXT,
    TITLE,
    Definition,
    Field,
    Option,
    Step,
    Type,
    Words,
)
from ..rules.editing import free_key
from ..rules.formats import FORMATS
from ..rules.said import say

TESTS = 3  # conditions that are chosen from lists at once
INNER = 5  # questions of a repeat group
KEEP = "keep"
_BARE = {
    "text": _("一行字"), "lines": _("几行字"), "integer": _("整数"), "yes_no": _("是或否"), "agree": _("要勾上才能交"),
    "choice": _("选一项"), "choices": _("选几项"), "group": _("重复填写的一组，比如家里每个人"),
}  # fmt: skip


def kind_choices(*, inside: bool = False) -> list[tuple[str, Any]]:
    """The kinds of questions; inside of a group those without parts of their own."""
    bare = [(key, label) for key, label in _BARE.items() if not inside or key in ("text", "integer", "yes_no")]
    return [*bare, *((key, found.label) for key, found in FORMATS.items())]


def kind_of(one: Field) -> str:
    return one.format or ("lines" if one.lines else str(one.type))


def shaped(kind: str) -> dict[str, Any]:
    """Type, format and lines of a kind of question."""
    if kind in FORMATS:
        return {"type": Type.INTEGER if FORMATS[kind].number else Type.TEXT, "format": kind, "lines": False}
    return {"type": Type.TEXT if kind == "lines" else Type(kind), "format": "", "lines": kind == "lines"}


class _WordsForm(PlainForm):
    """Title and hint in both languages."""

    title_zh = forms.CharField(label=_("题目"), max_length=TITLE)
    title_en = forms.CharField(label=_("题目，英文"), max_length=TITLE, required=False)
    hint_zh = forms.CharField(label=_("说明"), max_length=HINT, required=False)
    hint_en = forms.CharField(label=_("说明，英文"), max_length=HINT, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def words(self, name: str) -> Words:
        return Words(self.cleaned_data[f"{name}_zh"], self.cleaned_data[f"{name}_en"])


class _ConditionForm(_WordsForm):
    """Besides, when it is shown: up to three tests from a list of all that was asked before."""

    def __init__(self, *args: Any, definition: Definition, before: Iterable[Field], condition: Condition | None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.definition, self.condition = definition, condition
        self.before = list(before)
        rows, joint = _rows_of(condition)
        self.kept = condition if condition is not None and rows is None else None
        choices = [("", _now("不设")), *_tests(self.before)]
        joints = [("all", _now("下面每一条都成立")), ("any", _now("下面有一条成立"))]
        if self.kept is not None:
            joints.append((KEEP, _now("照原来的条件：%(what)s") % {"what": say(self.kept, definition)}))
        self.fields["joint"] = forms.ChoiceField(
            label=_now("什么时候才问"), choices=joints, widget=forms.RadioSelect, initial=KEEP if self.kept else joint
        )
        for n in range(TESTS):
            test, number, negated = (rows or [])[n] if rows and n < len(rows) else ("", None, False)
            label = {"n": n + 1}
            self.fields[f"test{n}"] = forms.ChoiceField(label=_now("条件 %(n)d") % label, choices=choices, required=False, initial=test)
            self.fields[f"number{n}"] = forms.IntegerField(
                label=_now("条件 %(n)d 的数") % label, required=False, initial=number,
                widget=forms.TextInput({"inputmode": "numeric", "class": "short"}),
            )  # fmt: skip
            self.fields[f"not{n}"] = forms.BooleanField(label=_now("反过来：不是这样才问"), required=False, initial=negated)

    @property
    def condition_rows(self) -> Iterator[list[Any]]:
        return ([self[f"test{n}"], self[f"number{n}"], self[f"not{n}"]] for n in range(TESTS))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for n in range(TESTS):
            if data.get(f"test{n}", "").startswith("at_least:") and data.get(f"number{n}") is None:
                self.add_error(f"number{n}", _now("“不少于”要写一个数"))
        return data

    def chosen(self) -> Condition | None:
        """The condition as it was chosen; None: always."""
        data = self.cleaned_data
        if data["joint"] == KEEP:
            return self.kept
        parts: list[Condition] = []
        for n in range(TESTS):
            if not data[f"test{n}"]:
                continue
            test = _test(data[f"test{n}"], data[f"number{n}"], self.before)
            parts.append(Not(test) if data[f"not{n}"] else test)
        return Many(data["joint"], tuple(parts)) if len(parts) > 1 else parts[0] if parts else None


def _tests(before: Iterable[Field]) -> Iterator[tuple[str, str]]:
    """Every single thing that can be asked of the answers before, in words."""
    for one in before:
        words = {"field": one.title}
        for option in one.options:
            yield f"equals:{one.key}:{option.value}", _now("“%(field)s”是“%(value)s”") % (words | {"value": option.label})
        if one.type == Type.YES_NO:
            yield f"equals:{one.key}:true", _now("“%(field)s”是“%(value)s”") % (words | {"value": _now("是")})
        if one.type == Type.INTEGER:
            yield f"at_least:{one.key}", _now("“%(field)s”不少于……（右边写数）") % words
        yield f"filled:{one.key}", _now("填了“%(field)s”") % words


def _test(chosen: str, number: int | None, before: Iterable[Field]) -> Test:
    op, key, *rest = chosen.split(":")
    if op == "filled":
        return Test(op, key)
    if op == "at_least":
        return Test(op, key, number)
    is_flag = any(one.key == key and one.type == Type.YES_NO for one in before)
    return Test(op, key, True if is_flag else rest[0])


def _rows_of(condition: Condition | None) -> tuple[list[tuple[str, int | None, bool]] | None, str]:
    """The rows of the lists that make the condition; None where it is more than the lists can say."""
    parts: tuple[Condition, ...] = () if condition is None else condition.parts if isinstance(condition, Many) else (condition,)
    rows: list[tuple[str, int | None, bool]] = []
    for part in parts:
        test = part.part if isinstance(part, Not) else part
        if not isinstance(test, Test) or test.op == "in" or test.value is False or len(rows) == TESTS:
            return None, "all"
        value = "true" if test.value is True else test.value
        name = f"equals:{test.field}:{value}" if test.op == "equals" else f"{test.op}:{test.field}"
        rows.append((name, test.value if test.op == "at_least" else None, isinstance(part, Not)))
    return rows, condition.op if isinstance(condition, Many) else "all"


class StepForm(_ConditionForm):
    @classmethod
    def of(cls, step: Step | None, data: Any, *, definition: Definition, revision: int) -> StepForm:
        before = _before(definition, step.key if step else "")
        start = {"revision": revision} | (_start(step.title, step.hint) if step else {})
        return cls(data, initial=start, definition=definition, before=before, condition=step.shown_if if step else None)

    def step(self, old: Step | None) -> Step:
        key = old.key if old else free_key({one.key for one in self.definition.steps}, "step")
        base = old or Step(key, Words())
        return replace(base, title=self.words("title"), hint=self.words("hint"), shown_if=self.chosen())


def _before(definition: Definition, step_key: str) -> list[Field]:
    """The questions of the steps before that one."""
    found: list[Field] = []
    for step in definition.steps:
        if step.key == step_key:
            break
        found += step.fields
    return found


def _start(title: Words, hint: Words, **more: Any) -> dict[str, Any]:
    return {"title_zh": title.zh, "title_en": title.en, "hint_zh": hint.zh, "hint_en": hint.en, **more}


class FieldForm(_ConditionForm):
    kind = forms.ChoiceField(label=_("填什么"))
    required = forms.BooleanField(label=_("一定要填"), required=False)
    options = forms.CharField(
        label=_("选项"), required=False, widget=forms.Textarea({"rows": 5}), help_text=_("一行一个，英文写在竖线后面，比如：租房 | Rented")
    )
    least = forms.IntegerField(label=_("最少"), required=False, widget=forms.TextInput({"inputmode": "numeric", "class": "short"}))
    most = forms.IntegerField(
        label=_("最多"), required=False, widget=forms.TextInput({"inputmode": "numeric", "class": "short"}),
        help_text=_("字数、数值、项数或份数；金额按分，面积按千分之一平方米；不限就空着"),
    )  # fmt: skip
    spoken_zh = forms.CharField(label=_("电话里怎么问"), max_length=HINT, required=False)
    spoken_en = forms.CharField(label=_("电话里怎么问，英文"), max_length=HINT, required=False)
    fact = forms.ChoiceField(label=_("自动带出"), required=False)
    may_correct = forms.BooleanField(label=_("带出来的本人可以改"), required=False, initial=True)

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]
        self.fields["fact"].choices = [("", _now("不带，本人填")), *facts.choices()]  # type: ignore[attr-defined]
        for n in range(INNER):
            label = {"n": n + 1}
            self.fields[f"inner{n}_zh"] = forms.CharField(label=_now("组里第 %(n)d 题") % label, max_length=TITLE, required=False)
            self.fields[f"inner{n}_en"] = forms.CharField(label=_now("第 %(n)d 题，英文") % label, max_length=TITLE, required=False)
            self.fields[f"inner{n}_kind"] = forms.ChoiceField(
                label=_now("第 %(n)d 题填什么") % label, choices=kind_choices(inside=True), required=False, initial="text"
            )
            self.fields[f"inner{n}_must"] = forms.BooleanField(label=_now("第 %(n)d 题一定要填") % label, required=False, initial=True)

    @property
    def inner_rows(self) -> Iterator[list[Any]]:
        return ([self[f"inner{n}_{part}"] for part in ("zh", "en", "kind", "must")] for n in range(INNER))

    @classmethod
    def of(cls, one: Field | None, data: Any, *, definition: Definition, step: Step, revision: int) -> FieldForm:
        before = [*_before(definition, step.key), *_until(step, one)]
        start: dict[str, Any] = {"revision": revision}
        if one:
            bounds = {"least": one.min_length, "most": one.max_length} if one.type == Type.TEXT else {"least": one.minimum, "most": one.maximum}
            start |= _start(
                one.title, one.hint, kind=kind_of(one), required=one.required, fact=one.fact, may_correct=one.may_correct,
                spoken_zh=one.spoken.zh, spoken_en=one.spoken.en, options="\n".join(map(_line, one.options)), **bounds,
            )  # fmt: skip
            for n, inner in enumerate(one.fields[:INNER]):
                start |= {f"inner{n}_zh": inner.title.zh, f"inner{n}_en": inner.title.en}
                start |= {f"inner{n}_kind": kind_of(inner), f"inner{n}_must": inner.required}
        return cls(data, initial=start, definition=definition, before=before, condition=one.shown_if if one else None)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        kind = data.get("kind", "")
        lines = [line for line in data.get("options", "").splitlines() if line.strip()]
        if kind in ("choice", "choices") and not 0 < len(lines) <= MOST_OPTIONS:
            self.add_error("options", _now("写 1 到 %(n)d 个选项，一行一个") % {"n": MOST_OPTIONS})
        if kind == "group" and not data.get("inner0_zh"):
            self.add_error("inner0_zh", _now("组里至少写一个问题"))
        if (data.get("most") or 0) > MOST_TEXT and kind in ("text", "lines"):
            self.add_error("most", _now("最多 %(n)d 个字") % {"n": MOST_TEXT})
        return data

    def field(self, old: Field | None) -> Field:
        """The question as it was filled in; what the form does not show (a condition for “must”) stays."""
        data = self.cleaned_data
        made = shaped(data["kind"])
        taken = {one.key for one in self.definition.fields}
        base = old or Field(free_key(taken, "q"), made["type"], Words())
        is_text = made["type"] == Type.TEXT
        bounded = made["type"] in (Type.INTEGER, Type.CHOICES, Type.GROUP)
        return replace(
            base, **made, title=self.words("title"), hint=self.words("hint"), spoken=self.words("spoken"),
            required=data["required"], fact=data["fact"], may_correct=data["may_correct"] or not data["fact"], shown_if=self.chosen(),
            options=self._options(base) if made["type"] in (Type.CHOICE, Type.CHOICES) else (),
            min_length=data["least"] if is_text else None, max_length=data["most"] if is_text else None,
            minimum=data["least"] if bounded else None, maximum=data["most"] if bounded else None,
            fields=self._inner(base) if made["type"] == Type.GROUP else (),
        )  # fmt: skip

    def _options(self, old: Field) -> tuple[Option, ...]:
        """An option keeps its value while its words stay, so that answers and conditions stay true."""
        known = {option.label.zh: option.value for option in old.options}
        taken, found = set(known.values()), {}
        for line in self.cleaned_data["options"].splitlines():
            zh, _bar, en = (part.strip() for part in line.replace("｜", "|").partition("|"))  # data: a wide bar
            if zh and zh not in found:
                value = known.get(zh) or free_key(taken, "o")
                taken.add(value)
                found[zh] = Option(value, Words(zh, en))
        return tuple(found.values())

    def _inner(self, old: Field) -> tuple[Field, ...]:
        known = {inner.title.zh: inner.key for inner in old.fields}
        taken, found = set(known.values()), []
        for n in range(INNER):
            zh = self.cleaned_data[f"inner{n}_zh"]
            if zh:
                key = known.pop(zh, "") or free_key(taken, "p")
                taken.add(key)
                made = shaped(self.cleaned_data[f"inner{n}_kind"] or "text")
                words = Words(zh, self.cleaned_data[f"inner{n}_en"])
                found.append(Field(key, made.pop("type"), words, required=self.cleaned_data[f"inner{n}_must"], **made))
        return tuple(found)


def _until(step: Step, one: Field | None) -> list[Field]:
    keys = [field.key for field in step.fields]
    return list(step.fields[: keys.index(one.key)]) if one else list(step.fields)


def _line(option: Option) -> str:
    return f"{option.label.zh} | {option.label.en}" if option.label.en else option.label.zh


