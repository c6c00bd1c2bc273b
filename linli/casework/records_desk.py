"""The words for the audit log of what desks and units do."""

from django.utils.translation import gettext_lazy as _

from linli.people.api import register_audit_words

register_audit_words(
    {
        "case.accept": _("受理了反映的事"),
        "case.refuse": _("没有受理反映的事"),
        "case.ask": _("请反映的人补充"),
        "case.answer": _("直接答复了反映的事"),
        "case.transfer": _("把反映的事转到别的受理单位"),
        "case.classify": _("改了反映的事的类别或急缓"),
        "case.split": _("把反映的事分给几个单位办"),
        "case.dispatch": _("把反映的事派给单位"),
        "case.judge_return": _("审了退单"),
        "case.adjudicate": _("裁定了退单"),
        "case.sign": _("签收了反映的事"),
        "case.return": _("退了单"),
        "case.contact": _("联系了反映的人"),
        "case.note": _("写了办理进展"),
        "case.consult": _("请别的单位给意见"),
        "case.delegate": _("换了经办人"),
        "case.ask_extension": _("申请延期"),
        "case.decide_extension": _("批了延期申请"),
        "case.suspend": _("挂账，定了复查的日子"),
        "case.resume": _("挂账后接着办"),
        "case.reply": _("写了办理结果"),
        "case.check_reply": _("审了办理结果"),
        "case.call": _("回访了一次"),
        "case.close": _("联系不上，办结了"),
        "case.picture": _("加了办理的照片"),
        "case.phone": _("看了您留的电话"),
        "case.export": _("导出了工单清单"),
        "case.table_save": _("写了派单表"),
        "case.table_try": _("试了派单表"),
        "case.table_on": _("启用了派单表"),
        "case.table_off": _("停用了派单表"),
    }
)
