"""Fields of the notice forms: several files, a time of day, words with a limit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# As people write a time of day.
_TIMES = ["%H:%M", "%H：%M", "%H.%M", "%H点%M", "%H点%M分", "%H点", "%H:%M:%S"]  # data: as typed


class FilesInput(forms.ClearableFileInput):
    """Several at once, where the phone can."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(one, initial) for one in data or ()]


class Time(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__({"class": "short"}, format="%H:%M")


class TimeField(forms.TimeField):
    widget = Time
    default_error_messages = {"invalid": _("时间没看懂，请写成 8:30")}

    def __init__(self, **kw: Any) -> None:
        super().__init__(input_formats=_TIMES, **kw)

    def to_python(self, value: Any) -> Any:
        return super().to_python("".join(value.split()) if isinstance(value, str) else value)


def words(label: Any, most: int, hint: Any = "", *, required: bool = True, rows: int = 0) -> forms.CharField:
    """A text field whose length is said in its own words."""
    widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput()
    messages = {"max_length": _("最多 %(limit_value)d 个字，现在是 %(show_value)d 个。")}
    field = forms.CharField(
        label=label,
        max_length=most,
        help_text=hint,
        required=required,
        widget=widget,
        error_messages=messages,
    )
    field.widget.attrs.pop("maxlength", None)  # a browser would cut off what is pasted without a word
    return field
