"""Forms that keep what was chosen in their file field while something else is wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.design.forms import PlainForm
from linli.people.api import Actor

from . import pending
from .actions.uploads import delete_file
from .models import File

ACCEPT = "image/jpeg,image/png,image/webp"


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PicturesField(forms.FileField):
    """Several pictures at once; each is looked at when it is stored."""

    widget = ManyFiles

    def __init__(self, **kw: Any) -> None:
        super().__init__(widget=ManyFiles({"accept": ACCEPT, "multiple": True}), **kw)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = list(data) if isinstance(data, list | tuple) else [data] if data else []
        if not files and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return files


class KeepingForm(PlainForm):
    """`chosen` names the form in which files were chosen; the field `keeps` takes one file or, a PicturesField, several.

    Whoever finds something wrong calls `keep`; whoever saves takes `chosen_files` with `pending.take`.
    """

    keeps = "pictures"
    kind = pending.PICTURES
    chosen = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, writer: Actor, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.writer = writer
        self.fields["chosen"].initial = uuid4
        gone = [name.removeprefix("drop_") for name in self.data if name.startswith("drop_")]
        self.kept: list[File] = []
        self._show(pending.waiting(writer, self._chosen, self.kind, gone))

    @property
    def _chosen(self) -> UUID | None:
        try:
            return UUID(self.data.get("chosen", ""))
        except ValueError:
            return None

    @property
    def _takes_many(self) -> bool:
        return isinstance(self.fields[self.keeps], PicturesField)

    def _show(self, files: list[File]) -> None:
        for file in files:
            label = _("不要这张") if file.is_picture else _("不要这份")
            self.fields[f"drop_{file.pk}"] = forms.BooleanField(label=label, required=False)
        self.kept += files
        if self.kept:
            self.fields[self.keeps].required = False

    def keep(self, now: datetime) -> None:
        """Something is wrong: what was chosen just now waits. What cannot wait is named at its field."""
        uploads = self.files.getlist(self.keeps) if self.files else []
        kept, refused = pending.keep(self.writer, self._chosen, self.kind, uploads, now)
        if kept and not self._takes_many:
            self._forget()  # the new one stands in its place
        self._show(kept)
        said = " ".join(map(str, self.errors.get(self.keeps, [])))
        for name, why in refused.items():
            named = f"{name}：{why}" if self._takes_many else why  # data
            if (name if self._takes_many else why) not in said:
                self.add_error(self.keeps, named)

    def _forget(self) -> None:
        for file in self.kept:
            delete_file(file=file)
            del self.fields[f"drop_{file.pk}"]
        self.kept = []

    @property
    def kept_rows(self) -> list[tuple[File, Any]]:
        return [(file, self[f"drop_{file.pk}"]) for file in self.kept]

    @property
    def chosen_files(self) -> list[Any]:
        """What waited, then what was chosen now; where one is taken, the last."""
        now = self.cleaned_data.get(self.keeps)
        if self._takes_many:
            return [*self.kept, *(now or ())]
        return [now] if now else self.kept[-1:]
