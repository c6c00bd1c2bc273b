"""The upload of a roll."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RollForm(forms.Form):
    file = forms.FileField(
        label=_("名册文件"),
        help_text=_("Excel（xlsx、xls）或 CSV，列名有：楼栋、单元、房号、姓名、手机号、关系"),
        error_messages={"required": _("请选一个文件"), "empty": _("这个文件是空的")},
        widget=forms.ClearableFileInput({"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )
