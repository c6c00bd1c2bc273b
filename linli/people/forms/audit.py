"""What the auditor narrows the log by. Read from the address; anything odd counts as nothing chosen."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.design.forms import DayField

from ..queries.audit import WORDS


class AuditFilter(forms.Form):
    action = forms.ChoiceField(label=_("做了什么"), required=False, choices=[("", _("全部")), *WORDS.items()])
    day = DayField(label=_("哪一天"), required=False)
    by = forms.UUIDField(required=False, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
