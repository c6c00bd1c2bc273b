"""Forms about posts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.design.forms import DayField, Phone

from ..actions.posts import REASON, TITLE
from ..rules import Role


class FindForm(forms.Form):
    """One number; searched by POST, so that it stands in no address."""

    number = forms.CharField(
        label=_("卡号或手机号"), max_length=40, help_text=_("要完整的号码。手机号 11 位，卡号 10 位"),
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off", "class": "short"}),
    )  # fmt: skip


class PostForm(forms.Form):
    """What post, from when until when."""

    title = forms.CharField(label=_("职务名称"), max_length=TITLE, help_text=_("居民看到的，比如“社工”“副主任”"))
    role = forms.ChoiceField(label=_("角色"), widget=forms.RadioSelect, help_text=_("决定他在系统里能做什么"))
    is_head = forms.BooleanField(label=_("是负责人"), required=False, help_text=_("负责人可以任命本单位的其他人"))
    since = DayField(label=_("从哪天起"))
    until = DayField(label=_("到哪天为止"), required=False, help_text=_("这一天就不再有权限"))

    def __init__(self, *args: Any, roles: list[Role], must_end: bool = False, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        if len(roles) == 1:
            self.fields["role"].initial = roles[0].value
        self.fields["until"].required = must_end


class NewPersonPostForm(PostForm):
    """The same for somebody who has no account yet."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(label=_("手机号"), max_length=40, widget=Phone, help_text=_("登录链接发到这里，请和他核对一遍"))

    field_order = ["name", "phone", "title", "role", "is_head", "since", "until"]


class DismissForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=REASON, help_text=_("本人会看到"))
