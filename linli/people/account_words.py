"""The audit log in plain words, for the person it is about. Later apps add their own with `register`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .rules import RevealField, RevealPurpose

_WORDS: dict[str, Any] = {
    "account.open": gettext_lazy("注册了账号"),
    "account.name": gettext_lazy("改了称呼或语言"),
    "account.password": gettext_lazy("设了密码"),
    "account.phone.change": gettext_lazy("换了手机号"),
    "account.email.change": gettext_lazy("换了邮箱"),
    "account.phone.remove": gettext_lazy("删了手机号"),
    "account.email.remove": gettext_lazy("删了邮箱"),
    "account.phone.recycled": gettext_lazy("手机号已归别人用，从您的账号取下"),
    "account.card": gettext_lazy("发了登录卡"),
    "account.factor.reset": gettext_lazy("取下了第二重验证"),
    "account.link.make": gettext_lazy("生成了一次性登录链接"),
    "account.link.use": gettext_lazy("用一次性链接登录"),
    "account.merge": gettext_lazy("合并了两个账号"),
    "account.close": gettext_lazy("注销了账号"),
    "account.export": gettext_lazy("导出了自己的资料"),
    "administrator.make": gettext_lazy("建立网站时设为管理员"),
    "guardianship.begin": gettext_lazy("作为监护人建了账号"),
    "person.enrol": gettext_lazy("当面建了账号"),
    "reveal": gettext_lazy("看了您的资料"),
}


def register(words: dict[str, Any]) -> None:
    """Say in words what an app's audit actions mean to the person concerned."""
    _WORDS.update(words)


def say(row: Any) -> tuple[str, str]:
    """What was done, and for which purpose."""
    what = str(_WORDS.get(row.action) or _("查看或更新了您的资料"))
    field = row.detail.get("field")
    if row.action == "reveal" and field in RevealField.values:
        what = _("看了您的%(field)s") % {"field": RevealField(field).label}
    purpose = row.detail.get("purpose")
    why = str(RevealPurpose(purpose).label) if purpose in RevealPurpose.values else ""
    if row.purpose and row.purpose != purpose:
        why = f"{why}：{row.purpose}" if why else row.purpose
    return what, why
