"""One's papers, and to whom one shows them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.calendar.api import Period, Unit, said
from linli.design.forms import PlainForm, ThreePartField

from ..actions.papers import Facts
from ..paper_rules import CODE, ISSUER, NAME, PURPOSE, SHARE_DAYS, PaperKind


class RenewForm(PlainForm):
    code = forms.CharField(
        label=_("号码"), max_length=CODE + 10, required=False, help_text=_("存的时候加密，平时只露最后四位"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    issuer = forms.CharField(
        label=_("谁发的"), max_length=ISSUER, required=False, help_text=_("比如：桂江公安分局")
    )
    issued_on = ThreePartField(label=_("哪天发的"), required=False)
    valid_until = ThreePartField(label=_("有效到哪天"), required=False, help_text=_("长期的空着"))
    file = forms.FileField(
        label=_("拍张照，或放 PDF"), required=False, help_text=_("拍清楚四个角。JPEG、PNG、WebP 或 PDF，最大 20 MB"),
        error_messages={"empty": _("这个文件是空的")},
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )  # fmt: skip

    def facts(self) -> Facts:
        data = self.cleaned_data
        return Facts(data["issuer"], data["code"], data["issued_on"], data["valid_until"])


class PaperForm(RenewForm):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(label=_("是什么"), choices=PaperKind.choices)
    name = forms.CharField(
        label=_("别的证件叫什么"), max_length=NAME, required=False, help_text=_("上面选了“别的”才写")
    )
    field_order = ["key", "kind", "name", "code", "issuer", "issued_on", "valid_until", "file"]


class ShareForm(PlainForm):
    body: Any = forms.ModelChoiceField(label=_("给哪个单位看"), queryset=None, empty_label=None)
    purpose = forms.CharField(
        label=_("拿去办什么"), max_length=PURPOSE, help_text=_("比如：申请居住证。窗口只能为这件事看")
    )
    days = forms.TypedChoiceField(
        label=_("给看几天"), coerce=int, widget=forms.RadioSelect, initial=SHARE_DAYS[1]
    )

    def __init__(self, *args: Any, offices: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["body"].queryset = offices  # type: ignore[attr-defined]
        self.fields["days"].choices = [(n, said(Period(n, Unit.NATURAL_DAY))) for n in SHARE_DAYS]  # type: ignore[attr-defined]
