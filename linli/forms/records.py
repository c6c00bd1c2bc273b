"""Everybody's copy of the forms that he filled in, and the words for the audit log."""

from django.utils.translation import gettext_lazy as _

from linli.people.api import include_in_export, leave_out_of_export, register_audit_words

_F = "linli_forms"
include_in_export(
    f"{_F}.Filling", _("填过的表"), ["person"],
    ["version.kind.title", "state", "channel", "begun_at", "sent_at", "code", "answers_text"],
)  # fmt: skip
_CLERK = "who did the clerk's work; the row is about somebody else, and the deed stands in the clerk's own audit rows"
for _model, _field in (("Filling", "by"), ("FormVersion", "changed_by"), ("FormVersion", "published_by")):
    leave_out_of_export(f"{_F}.{_model}", _field, _CLERK)
register_audit_words(
    {
        "form.create": _("新建了一张表"),
        "form.shape": _("改了一张表的名称或谁能填"),
        "form.publish": _("发布了一张表的新版"),
        "form.replace": _("用新版换下了一张表的旧版"),
        "form.withdraw": _("停用了一张表"),
        "form.discard": _("收掉了一张表的草稿"),
        "form.export": _("导出了一张表收到的内容"),
        "filling.send": _("替您交了一张表"),
        "filling.drop": _("收掉了您没交的一张表"),
        "filling.read": _("看了您交的一张表"),
        "filling.export": _("导出了您交的一张表"),
    }
)
