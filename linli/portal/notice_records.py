"""What everybody's copy says of notices, and the words for the audit log."""

from django.utils.translation import gettext_lazy as _

from linli.people.api import include_in_export, leave_out_of_export, register_audit_words

_P = "linli_portal"
include_in_export(f"{_P}.NoticeRead", _("看过的公告"), ["person"], ["notice.title", "at"])
_WORK = "who did the office's work; it stands in his own audit rows"
leave_out_of_export(f"{_P}.Notice", "writer", _WORK)
leave_out_of_export(f"{_P}.Notice", "checker", _WORK)
leave_out_of_export(f"{_P}.NoticeEvent", "by", _WORK)
register_audit_words(
    {
        "notice.write": _("写了公告"),
        "notice.submit": _("把公告交去核"),
        "notice.take_back": _("取回了公告"),
        "notice.drop": _("扔掉了公告草稿"),
        "notice.check": _("核了公告"),
        "notice.return": _("退回了公告"),
        "notice.publish": _("发布了公告"),
        "notice.withdraw": _("撤下了公告"),
        "notice.correct": _("更正了公告"),
        "notice.expire": _("公告到期"),
        "notice.lapse": _("公告没赶上发布就过期"),
        "notice.look": _("看了哪些户看过公告，不显示姓名"),
    }
)
