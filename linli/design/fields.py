"""Fields of the question forms: several pictures, and words in which page code and turning marks are named."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.common.privacy_check import Finding, find_private, say_findings
from linli.design.forms import PlainForm


class FilesInput(forms.ClearableFileInput):
    """Several at once, where the phone can."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(one, initial) for one in data or ()]


def words(label: Any, most: int, hint: Any = "", *, required: bool = True, rows: int = 0) -> forms.CharField:
    """A text field whose length is said in its own words; what is too long is kept, never cut."""
    widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput()
    messages = {"max_length": _("最多 %(limit_value)d 个字，现在是 %(show_value)d 个。")}
    field = forms.CharField(
        label=label, max_length=most, help_text=hint, required=required, widget=widget, error_messages=messages,
    )  # fmt: skip
    field.widget.attrs.pop("maxlength", None)
    return field


class PrivacyAsked(PlainForm):
    """What looks like personal data is named at its field, then removed or said to be right; what comes new is asked anew."""

    private_ok = forms.BooleanField(label=_("看过了，这些可以公开"), required=False)
    watched: tuple[str, ...] = ()

    def __init__(self, *args: Any, known: tuple[str, ...] = (), **kw: Any) -> None:
        self.found: dict[str, list[Finding]] = {}
        self.known = known
        super().__init__(*args, **kw)

    def warn(self, got: dict[str, Any]) -> None:
        for name in self.watched:
            found = find_private(str(got.get(name) or ""), known=filter(None, self.known))
            if found:
                self.found[name] = found
        if not self.found or (got.get("private_ok") and self.data.get("private_seen") == self.private_seen):
            return
        for name, found in self.found.items():
            facts = {"what": say_findings(found)}
            self.add_error(name, _("里面有%(what)s，大家都会看到。删掉，或在下面勾“可以公开”。") % facts)

    @property
    def private_seen(self) -> str:
        """What the confirmation is about, without saying it."""
        said = "|".join(sorted({one.text for found in self.found.values() for one in found}))
        return hashlib.sha256(said.encode()).hexdigest()[:16] if said else ""
