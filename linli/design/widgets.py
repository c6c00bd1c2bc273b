"""Widgets that know their looks. All are native controls."""

import datetime as dt
import re

from django import forms

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Tiles(forms.RadioSelect):
    """A choice as tiles with an icon each: `Tiles(icons={"lamp": "bolt"})`."""

    def __init__(self, attrs=None, choices=(), icons=None):
        super().__init__(attrs, choices)
        self.icons = icons or {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "icon": self.icons.get(str(value), "")}


class Day(forms.DateInput):
    """The native date control; plain text where what was typed is no date, so that it can be mended."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__({"class": "short", **(attrs or {})}, format="%Y-%m-%d")

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and not ISO_DAY.fullmatch(shown):
            context["widget"]["type"] = "text"
        return context


class ThreePart(forms.MultiWidget):
    """Year, month, day as three short boxes."""

    template_name = "design/widgets/three_part.html"

    def __init__(self, attrs=None):
        widgets = [_part(4), _part(2), _part(2)]
        super().__init__(widgets, attrs)

    def decompress(self, value):
        return [value.year, value.month, value.day] if isinstance(value, dt.date) else [None, None, None]


def _part(length: int) -> forms.TextInput:
    return forms.TextInput(
        {"inputmode": "numeric", "maxlength": length, "class": "in part", "autocomplete": "off"}
    )


class Phone(forms.TextInput):
    """A telephone number; keeps the blanks that people type."""

    input_type = "tel"

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "tel", "autocomplete": "tel", "class": "short", **(attrs or {})})


class Code(forms.TextInput):
    """A one-time code: digits, read from the SMS by the phone itself."""

    def __init__(self, attrs=None, length=6):
        base = {
            "inputmode": "numeric",
            "autocomplete": "one-time-code",
            "maxlength": length + 2,
            "class": "code",
        }
        super().__init__({**base, **(attrs or {})})
