"""The form of a new key."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.design.forms import PlainForm

from .actions.keys import MOST
from .models.key import CONTACT, NAME


class KeyForm(PlainForm):
    name = forms.CharField(label=_("哪个程序用"), max_length=NAME, help_text=_("写别人看得懂的名字，如“区热线工单系统”"))
    contact = forms.CharField(label=_("出了问题找谁"), max_length=CONTACT, help_text=_("单位和值班电话，不写个人手机"))
    hourly = forms.IntegerField(
        label=_("一小时最多报几件"), min_value=1, max_value=MOST, initial=60, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
