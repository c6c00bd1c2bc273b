"""The words of the audit log for what reporters do, and for looks at them."""

from django.utils.translation import gettext_lazy as _

from linli.people.api import register_audit_words

register_audit_words(
    {
        "case.submit": _("反映了一件事"), "case.respond": _("补充了反映的事"), "case.add": _("补充了反映的事"), "case.withdraw": _("撤回了反映的事"),
        "case.appeal": _("对不予受理提了申诉"), "case.rate": _("评价了办理"), "case.reopen": _("要求重办"), "case.group": _("把一件事并到一组"),
        "case.ungroup": _("把一件事从组里拿出来"), "case.reveal": _("查看了反映人的姓名电话"), "case.publish": _("公开了一件反映的事"),
        "case.unpublish": _("收回了公开的事"), "spot.add": _("加了二维码点位"), "spot.retire": _("停用了二维码点位"),
    }
)  # fmt: skip
