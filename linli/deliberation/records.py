"""Everybody's copy of what belongs to him, and the words for the audit log."""

from django.utils.translation import gettext_lazy as _

from linli.people.api import include_in_export, leave_out_of_export, register_audit_words

_D = "linli_deliberation"
include_in_export(
    f"{_D}.Question", _("提的问题"), ["asker"],
    ["year", "serial", "title", "text", "theme", "visibility", "state", "asked_at", "answered_at"],
)  # fmt: skip
include_in_export(f"{_D}.Signature", _("联署的问题"), ["person"], ["question.title", "at"])
_CLERK = "who did the office's work, or wrote for the asker; it stands in his own audit rows"
for _model, _field in (
    ("Question", "by"), ("QuestionStep", "by"), ("Answer", "by"), ("AnswerTemplate", "changed_by"), ("Signature", "by"),
):  # fmt: skip
    leave_out_of_export(f"{_D}.{_model}", _field, _CLERK)
register_audit_words(
    {
        "question.ask": _("提了一个问题"),
        "question.withdraw": _("撤回了一个问题"),
        "question.transfer": _("把问题转给了别的单位"),
        "question.pause": _("给问题停了表"),
        "question.resume": _("让问题恢复计时"),
        "question.note": _("写了问题的进展"),
        "question.assign": _("给问题换了负责人"),
        "question.answer": _("答复了一个问题"),
        "question.rate": _("评了一次答复"),
        "question.contest": _("对答复提了异议"),
        "joint_rule.set": _("定了联署要多少人"),
        "answer_template.save": _("写了答复模板"),
        "answer_template.drop": _("删了答复模板"),
    }
)
