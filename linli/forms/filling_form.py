"""The questions of a form as a Django form: it draws them and keeps what was typed; what is right, the rules say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from linli.common.errors import UserError
from linli.design.dates import long_day_text
from linli.design.forms import Day

from . import facts
from .models import Filling
from .rules.answers import Outcome, evaluate
from .rules.definition import Field, Type
from .rules.formats import FORMATS
from .rules.shown import mask, show
from .rules.typed import NO, YES, read, typed

AS_RADIOS = 8  # options that are shown all at once; more of them fold into a list
COMPLETES = {"person.name": "name", "person.phone": "tel", "home.address": "address-line1", "person.born": "bday"}


@dataclass
class Part:
    """What the page shows in order: a question, a fact that stands, or the rows of a group."""

    one: Field
    bound: Any = None
    text: str = ""
    origin: str = ""
    rows: list[list[Any]] = field(default_factory=list)
    more: bool = False

    @property
    def choices(self) -> str:
        """The options, as they are read out."""
        return str(_("、")).join(str(option.label) for option in self.one.options)


class FillingForm(forms.Form):
    """`shown`: the fields of this page with whether each has to be answered. `masked`: somebody else types it in, so
    what the platform knows is hinted at and kept where nothing is typed. `spoken`: the labels are said aloud."""

    def __init__(
        self, data: Any = None, *, filling: Filling, shown: Mapping[str, tuple[Field, bool]], masked: bool = False, spoken: bool = False
    ) -> None:
        super().__init__(data, prefix="a", use_required_attribute=False)
        self.filling, self.shown, self.masked, self.spoken = filling, shown, masked, spoken
        self.answers = filling.answers
        self.values: dict[str, Any] = {}
        self.wrong: dict[str, str] = {}
        self.sizes: dict[str, int] = {}
        for one, must in shown.values():
            if self.is_locked(one):
                continue
            if one.type == Type.GROUP:
                self._add_rows(one, must)
            else:
                self._add(one.key, one, self.answers.get(one.key), must)

    def is_locked(self, one: Field) -> bool:
        return not one.may_correct and one.key in self.filling.facts and one.key in self.answers

    def is_hinted(self, one: Field) -> bool:
        """What is known of the person and not shown in clear to whoever types."""
        return self.masked and one.key in self.filling.facts and one.key in self.answers

    def _add(self, name: str, one: Field, value: Any, must: bool, title: str = "") -> None:
        hinted = self.is_hinted(one) and name == one.key
        made = forms.Field(
            label=title or str((self.spoken and one.spoken) or one.title), help_text=self._hint(one), required=must and not hinted,
            widget=_widget(one), initial=None if value is None or hinted else typed(one, value),
        )  # fmt: skip
        self.fields[name] = made

    def _hint(self, one: Field) -> str:
        found = FORMATS.get(one.format)
        parts = [str(one.hint)] if one.hint else []
        if found and found.unit:
            parts.append(_("单位：%(unit)s") % {"unit": found.unit})
        if self.is_hinted(one):
            parts.append(_("账号里已有：%(masked)s，不改就空着") % {"masked": mask(one, self.answers[one.key])})
        elif one.key in self.filling.facts and one.key in self.answers:
            parts.append(origin_of(self.filling, one.key))
        return str(_("。")).join(parts)

    def _add_rows(self, one: Field, must: bool) -> None:
        rows = self.answers.get(one.key) or []
        size = max(len(rows), one.minimum or 1)
        if self.is_bound:
            asked = str(self.data.get(self.add_prefix(f"{one.key}-n")) or "")[:3]
            size = int(asked) if asked.isascii() and asked.isdigit() else size
            size += self.data.get("more") == one.key
        self.sizes[one.key] = size = max(1, min(size, one.most_rows))
        self.fields[f"{one.key}-n"] = forms.Field(widget=forms.HiddenInput(), initial=size, required=False, label=str(one.title))
        for n in range(size):
            row = rows[n] if n < len(rows) else {}
            for inner in one.fields:
                title = _("%(title)s（%(n)d）") % {"title": inner.title, "n": n + 1}
                self._add(f"{one.key}-{n}-{inner.key}", inner, row.get(inner.key), inner.required and must, title)

    def _clean_fields(self) -> None:
        """Read every question; what is wrong is named at its box."""
        for one, _must in self.shown.values():
            if self.is_locked(one):
                continue
            if one.type == Type.GROUP:
                self._read_rows(one)
            elif (value := self._read(one.key, one)) is not None:
                self.values[one.key] = value
            elif self.is_hinted(one) and one.key not in self.wrong:
                self.values[one.key] = self.answers[one.key]

    def _read(self, name: str, one: Field) -> Any:
        raw = self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        try:
            return read(one, raw)
        except UserError as error:
            self.wrong[name] = str(error)
            return None

    def _read_rows(self, one: Field) -> None:
        """Empty rows are left out; `places` remembers which box a row came from."""
        rows, places = [], []
        for n in range(self.sizes[one.key]):
            names = {inner.key: f"{one.key}-{n}-{inner.key}" for inner in one.fields}
            row = {inner.key: self._read(names[inner.key], inner) for inner in one.fields}
            row = {key: value for key, value in row.items() if value is not None}
            if row or any(name in self.wrong for name in names.values()):
                rows.append(row)
                places.append(n)
        if rows:
            self.values[one.key] = rows
        self.places = getattr(self, "places", {}) | {one.key: places}

    def weigh(self, *, whole: bool) -> Outcome:
        """What the form comes to with these answers; with `whole` also what is missing is named at its box."""
        self.full_clean()
        kept = {key: value for key, value in self.answers.items() if key not in self.shown or self.is_locked(self.shown[key][0])}
        out = evaluate(self.filling.version.definition, kept | self.values)
        faults = dict(self.wrong)
        for path, text in (out.errors | (out.missing if whole else {})).items():
            name = self._box(path)
            if path.split(".")[0] in self.shown:
                faults.setdefault(name, text)
        for name, text in faults.items():
            self.add_error(name if name in self.fields else None, text)
        return out

    def _box(self, path: str) -> str:
        """`family.0.name` → the box of that row, of the boxes that were typed into."""
        key, *rest = path.split(".")
        if not rest:
            return key if key in self.fields else f"{key}-n"
        places = getattr(self, "places", {}).get(key, [])
        row = int(rest[0])
        return f"{key}-{places[row] if row < len(places) else row}-{rest[1]}"

    @property
    def parts(self) -> Iterable[Part]:
        for one, _must in self.shown.values():
            if self.is_locked(one):
                text = (mask if self.masked else show)(one, self.answers[one.key])
                yield Part(one, text=text, origin=origin_of(self.filling, one.key))
            elif one.type == Type.GROUP:
                size = self.sizes[one.key]
                rows = [[self[f"{one.key}-{n}-{inner.key}"] for inner in one.fields] for n in range(size)]
                yield Part(one, bound=self[f"{one.key}-n"], rows=rows, more=size < one.most_rows)
            else:
                yield Part(one, bound=self[one.key])


def origin_of(filling: Filling, key: str) -> str:
    """来自您的账号，2026年11月22日. Empty where nobody but the person said it."""
    fact = filling.facts.get(key)
    if not fact:
        return ""
    if fact.get("corrected"):
        return _("%(origin)s，填的人改过") % {"origin": facts.origin(fact["source"])}
    day = long_day_text(date.fromisoformat(fact["day"]))
    return _("%(origin)s，%(day)s") % {"origin": facts.origin(fact["source"]), "day": day}


def _widget(one: Field) -> forms.Widget:
    options = [(option.value, str(option.label)) for option in one.options]
    if one.type == Type.YES_NO:
        return forms.RadioSelect(choices=[(YES, _("是")), (NO, _("否"))])
    if one.type == Type.AGREE:
        return forms.CheckboxInput()
    if one.type == Type.CHOICES:
        return forms.CheckboxSelectMultiple(choices=options)
    if one.type == Type.CHOICE:
        return forms.RadioSelect(choices=options) if len(options) <= AS_RADIOS else forms.Select(choices=[("", _("请选")), *options])
    if one.lines:
        return forms.Textarea({"rows": 4})
    if one.format == "date":
        return Day({"autocomplete": COMPLETES.get(one.fact, "off")})
    found = FORMATS.get(one.format)
    mode = found.inputmode if found else "numeric" if one.type == Type.INTEGER else "text"
    short = {"class": "short"} if found or one.type == Type.INTEGER or one.longest <= 20 else {}
    return forms.TextInput({"inputmode": mode, "autocomplete": COMPLETES.get(one.fact, "off"), **short})


