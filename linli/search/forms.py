"""The form of a group of synonyms."""

from django import forms
from django.utils.translation import gettext_lazy as _


class GroupForm(forms.Form):
    group = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("意思一样的词"), help_text=_("用逗号隔开，比如：业委会，业主委员会"), max_length=300
    )
