"""Forms of the homes import."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.areas.api import HOME_COLUMNS, HOME_LABELS


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("房屋表"), help_text=_("Excel（xlsx、xls）、ods 或 CSV，最大 20 MB。"), error_messages={"required": _("请先选一个文件")}
    )


class ColumnsForm(forms.Form):
    """Which column of the list is what; empty: not in the list."""

    def __init__(self, headers: list[str], guess: dict[str, int], data: Any = None) -> None:
        chosen = data if data is not None and any(key in data for key in HOME_COLUMNS) else None
        super().__init__(data=chosen, initial={key: str(at) for key, at in guess.items()})
        choices = [("", _("表里没有")), *((str(n), header or f"({n + 1})") for n, header in enumerate(headers))]
        for key in HOME_COLUMNS:
            self.fields[key] = forms.ChoiceField(label=HOME_LABELS[key], choices=choices, required=key in ("building", "room"))

    def columns(self) -> dict[str, int]:
        """As chosen, else as guessed."""
        if self.is_bound:
            self.full_clean()
        values = self.cleaned_data if self.is_bound else self.initial
        return {key: int(value) for key, value in values.items() if value not in (None, "")}
