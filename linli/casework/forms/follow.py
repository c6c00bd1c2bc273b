"""Small forms of whoever follows his case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.design.fields import FilesField, words
from linli.design.forms import PlainForm

from ..rules.words import CODE_LENGTH, MOST_PICTURES, REASON, Outcome, plain_code

STARS = [(5, _("很满意")), (4, _("满意")), (3, _("一般")), (2, _("不满意")), (1, _("很不满意"))]


class CodeForm(PlainForm):
    """A wrong code and a wrong passphrase are told in the same words."""

    code = forms.CharField(label=_("查询码"), max_length=40, widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}), help_text=_("15 位数字，空格可写可不写"))
    passphrase = words(_("口令"), 40, _("匿名反映的才有"), required=False)

    def clean_code(self) -> str:
        digits = plain_code(self.cleaned_data["code"])
        if len(digits) != CODE_LENGTH:
            raise forms.ValidationError(_("查询码是 15 位数字，现在是 %(n)d 位") % {"n": len(digits)})
        return digits


class SayForm(PlainForm):
    """Some words and pictures."""

    text = words(_("补充什么"), REASON, required=False, rows=4)
    attached = FilesField(label=_("照片"), required=False, help_text=_("连同以前的，一共最多 6 张"))

    def clean_attached(self) -> list[Any]:
        found: list[Any] = self.cleaned_data["attached"]
        if len(found) > MOST_PICTURES:
            raise forms.ValidationError(_("最多 %(most)d 张，现在选了 %(n)d 张") % {"most": MOST_PICTURES, "n": len(found)})
        return found


class WhyForm(PlainForm):
    text = words(_("为什么"), REASON, rows=4)


class MaybeWhyForm(PlainForm):
    text = words(_("为什么"), REASON, required=False, rows=3)


class RateForm(PlainForm):
    outcome = forms.ChoiceField(label=_("解决了吗？"), choices=Outcome.choices, widget=forms.RadioSelect)
    stars = forms.TypedChoiceField(label=_("对办理过程满意吗？"), choices=STARS, coerce=int, widget=forms.RadioSelect)
    said = words(_("想补充一句"), REASON, required=False, rows=3)
