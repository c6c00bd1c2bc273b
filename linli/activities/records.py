"""Everybody's copy of what belongs to him, and the words for the audit log."""

from django.utils.translation import gettext_lazy as _

from linli.people.api import include_in_export, leave_out_of_export, register_audit_words

_A = "linli_activities"
include_in_export(
    f"{_A}.Signup", _("活动报名"), ["person"],
    ["event.title", "event.starts", "state", "companions", "at", "how", "consent", "came_at"],
)  # fmt: skip
_CLERK = "who did the clerk's work; the row is about somebody else, and the deed stands in the clerk's own audit rows"
for _model, _field in (("Signup", "by"), ("Signup", "checked_by"), ("EventStep", "by")):
    leave_out_of_export(f"{_A}.{_model}", _field, _CLERK)
register_audit_words(
    {
        "event.publish": _("发布了一个活动"),
        "event.close": _("截止了活动报名"),
        "event.reopen": _("重新开放了活动报名"),
        "event.cancel": _("取消了一个活动"),
        "event.export": _("导出了活动报名表"),
        "signup.join": _("替您报名了活动"),
        "signup.cancel": _("替您取消了活动报名"),
        "signup.check_in": _("给您在活动签到"),
    }
)
