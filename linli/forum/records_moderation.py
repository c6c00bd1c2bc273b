"""Everybody's copy of what moderation knows of him, and the words for the audit log."""

from django.utils.translation import gettext_lazy as _

from linli.people.api import include_in_export, leave_out_of_export, register_audit_words

_A = "linli_forum"
include_in_export(f"{_A}.Act", _("对我发言的处理"), ["person"], ["at", "kind", "rule", "reason", "until"])
include_in_export(f"{_A}.Report", _("我举报的发言"), ["by"], ["at", "article", "words", "state"])
include_in_export(f"{_A}.Appeal", _("我的申诉"), ["by"], ["at", "words", "state", "answer", "decided_at"])
include_in_export(f"{_A}.Pause", _("暂停发言"), ["person"], ["since", "until", "ended_at"])
_CLERK = "who did it for an office; the deed stands in the clerk's own audit rows"
for _model, _field in (
    ("Act", "by"), ("SpeechRules", "made_by"), ("SpeechLimits", "made_by"), ("Word", "by"), ("Erasure", "by"),
    ("Appeal", "decided_by"), ("AppealEvent", "by"),
):  # fmt: skip
    leave_out_of_export(f"{_A}.{_model}", _field, _CLERK)
register_audit_words(
    {
        "forum.hide": _("隐去了您的一条发言"),
        "forum.restore": _("恢复了您的一条发言"),
        "forum.approve": _("审核通过了您的一条发言"),
        "forum.refuse": _("没有通过您的一条发言"),
        "forum.dismiss": _("看了举报，保留了一条发言"),
        "forum.warn": _("就一条发言提醒了您"),
        "forum.pause": _("暂停了您的发言"),
        "forum.lift": _("撤回了先前对您的处理"),
        "forum.close": _("关闭了您的话题"),
        "forum.reopen": _("重新打开了您的话题"),
        "forum.slow": _("放慢了一个话题"),
        "forum.move": _("移动了一个话题"),
        "forum.split": _("拆出了一个新话题"),
        "forum.merge": _("合并了两个话题"),
        "forum.pin": _("置顶了一个话题"),
        "forum.unpin": _("取消了一个话题的置顶"),
        "forum.clarify": _("发了官方说明"),
        "forum.erase": _("依法删除了您的一条发言"),
        "forum.erased": _("依法删除了您的一条发言"),
        "forum.appeal": _("提出了申诉"),
        "forum.appeal.uphold": _("答复了您的申诉：维持"),
        "forum.appeal.overturn": _("答复了您的申诉：撤销原处理"),
        "forum.rules": _("通过了一版发言公约"),
        "forum.words": _("改了先审词表"),
        "forum.limits": _("改了发言的限度"),
    }
)
