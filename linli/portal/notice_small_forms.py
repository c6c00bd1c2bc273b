"""The small forms of notices: why, and which."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.design.forms import PlainForm

from . import notice_rules as rules
from .notice_fields import words
from .notice_rules import Kind, NoticeLevel


class ReasonForm(PlainForm):
    """Why a notice goes back to its writer, or comes off."""

    reason = words(_("退回或撤下的话，写为什么"), rules.REASON, required=False, rows=2)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class FilterForm(forms.Form):
    """Read from the address; anything odd counts as nothing chosen."""

    kind = forms.ChoiceField(label=_("哪一类"), choices=[("", _("全部")), *Kind.choices], required=False)
    level = forms.ChoiceField(
        label=_("多要紧"), choices=[("", _("全部")), *NoticeLevel.choices], required=False
    )
    when = forms.ChoiceField(
        label=_("时间"), choices=[("", _("现在有效的")), ("past", _("以前的"))], required=False
    )

    @property
    def chosen(self) -> dict[str, str]:
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}
