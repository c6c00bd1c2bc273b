"""The form in which an office shapes a board."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.design.forms import PlainForm

from ..models import Board
from ..rules import LEAD, NAME, Approval, Audience

READS = [(one.value, one.label) for one in Audience]
WRITES = [
    (Audience.MEMBERS.value, Audience.MEMBERS.label), (Audience.OWN.value, _("居民开话题，只有他和处理的单位能接着说")),
    (Audience.OFFICES.value, Audience.OFFICES.label),
]  # fmt: skip
_SLOW = [(0, _("不限")), (30, _("隔 30 秒")), (120, _("隔 2 分钟")), (600, _("隔 10 分钟"))]


class BoardForm(PlainForm):
    theme = forms.CharField(
        label=_("网址里的名字"),
        help_text=_("小写字母和短横线，比如 parking。开了以后不改。"),
        max_length=NAME * 3,
    )
    name = forms.CharField(label=_("名字"), max_length=NAME * 3)
    name_en = forms.CharField(label=_("英文名"), required=False, max_length=NAME * 6)
    lead = forms.CharField(label=_("一句话：这里聊什么"), required=False, max_length=LEAD * 3)
    reads = forms.ChoiceField(label=_("谁能看"), choices=READS, widget=forms.RadioSelect)
    writes = forms.ChoiceField(label=_("谁能发言"), choices=WRITES, widget=forms.RadioSelect)
    anonymous = forms.BooleanField(
        label=_("可以不署名"), required=False, help_text=_("邻居和版主看不到是谁；依法查询时查得到。")
    )
    approval = forms.ChoiceField(label=_("先审后发"), choices=Approval.choices, widget=forms.RadioSelect)
    slow = forms.TypedChoiceField(
        label=_("同一个人两次发言"), choices=_SLOW, coerce=int, widget=forms.RadioSelect
    )
    order = forms.IntegerField(
        label=_("排在第几"), min_value=0, max_value=999, required=False, help_text=_("数字小的在前。")
    )

    def __init__(self, *args: Any, board: Board | None = None, **kw: Any) -> None:
        start = {
            "reads": Audience.PUBLIC,
            "writes": Audience.MEMBERS,
            "approval": Approval.NONE,
            "slow": 0,
            "order": 50,
        }
        if board is not None:
            start = {name: getattr(board, name) for name in self.base_fields if name != "theme"}
        super().__init__(*args, **{"initial": start, **kw})
        if board is not None:
            del self.fields["theme"]
            if not board.theme:
                del self.fields["name"], self.fields["name_en"]

    def shape(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        data.pop("theme", None)
        data["order"] = 50 if data.get("order") is None else data["order"]
        return {"name": "", "name_en": "", **data}
