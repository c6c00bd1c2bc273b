"""The editor of an item: seven pages, each a short form, some with rows, together the whole document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from linli.design.forms import PlainForm

from ..content import Content
from ..models import Item
from .item import BasicsForm, HandlingForm, PartForm, PlacesForm, QuotaForm
from .rows import AmountRow, BasisRow, ConditionRow, FaqRow, MaterialRow, QuestionRow, Row, Rows, StepRow


@dataclass(frozen=True)
class EditorPage:
    """What stands on one page of the editor."""

    title: Any
    form: type[PartForm] | None = None
    rows: tuple[type[Row], ...] = ()


PARTS: dict[str, EditorPage] = {
    "basics": EditorPage(_("是什么事"), BasicsForm),
    "questions": EditorPage(_("先问几句"), None, (QuestionRow,)),
    "conditions": EditorPage(_("符合什么条件"), QuotaForm, (ConditionRow, AmountRow)),
    "materials": EditorPage(_("要带什么"), None, (MaterialRow,)),
    "handling": EditorPage(_("怎么办，多久"), HandlingForm, (StepRow,)),
    "places": EditorPage(_("去哪里，多少钱，拿到什么"), PlacesForm),
    "law": EditorPage(_("依据和常问"), None, (BasisRow, FaqRow)),
}


class Editor:
    """One page of the editor for one item: shown, typed into, or with a further row."""

    def __init__(self, part: str, item: Item, today: date, data: QueryDict | None = None) -> None:
        self.page, self.content, self.problem = PARTS[part], item.newest, ""
        more = data is not None and bool(data.get("more"))
        common: dict[str, Any] = {"item": item, "today": today}
        kind = self.page.form
        bound = kind(data, **common) if kind and data is not None else None
        if bound is not None and more:
            typed = {name: bound[name].value() for name in bound.fields}
            self.form: PartForm | None = kind(initial=typed, **common) if kind else None
        else:
            self.form = bound or (kind(initial=kind.filled(self.content), **common) if kind else None)
        self.groups = [self._rows(row, data, more) for row in self.page.rows]

    def _rows(self, row: type[Row], data: QueryDict | None, more: bool) -> Rows:
        rows = Rows(row, self.content, data)
        return Rows(row, self.content, kept=rows.typed()) if more else rows

    def is_valid(self) -> bool:
        forms_are = self.form is None or self.form.is_valid()
        return all(rows.is_valid() for rows in self.groups) and forms_are

    def changed(self) -> Content:
        """The document with what was typed. Call after `is_valid`."""
        values: dict[str, Any] = self.form.values() if self.form else {}
        values |= {rows.many: rows.parts() for rows in self.groups}
        return replace(self.content, **values)

    @property
    def faults(self) -> Iterator[tuple[str, str]]:
        """What is wrong and where it stands, for the summary on top."""
        if self.problem:
            yield "", self.problem
        rows: list[PlainForm] = [row for group in self.groups for row in group.written]
        for form in [*([self.form] if self.form and self.form.is_bound else []), *rows]:
            for field in form:
                for text in field.said:  # type: ignore[attr-defined]
                    yield field.focus_id, text  # type: ignore[attr-defined]
