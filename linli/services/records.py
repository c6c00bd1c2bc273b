"""What service items note of persons, and the words for the audit log."""

from django.utils.translation import gettext_lazy as _

from linli.people.api import include_in_export, leave_out_of_export, register_audit_words

_S = "linli_services"
_CLERK = "which clerk wrote, published or verified a service item; his deeds stand in his own audit rows"
for _model, _field in (("Item", "verified_by"), ("ItemVersion", "by"), ("ItemStep", "by")):
    leave_out_of_export(f"{_S}.{_model}", _field, _CLERK)
_HELPER = "who put or showed a paper: its owner or his helper, whose deeds stand in his own audit rows"
leave_out_of_export(f"{_S}.PaperVersion", "by", _HELPER)
leave_out_of_export(f"{_S}.PaperShare", "by", _HELPER)
include_in_export(f"{_S}.Paper", _("资料库"), ["person"], ["kind", "name", "made_at"])
include_in_export(
    f"{_S}.PaperVersion", _("资料库里的证件"), ["paper__person"],
    ["paper", "code", "issuer", "issued_on", "valid_until", "at"],
)  # fmt: skip
include_in_export(
    f"{_S}.PaperShare", _("给单位看过的证件"), ["version__paper__person"],
    ["version.paper", "body.name", "purpose", "given_at", "until", "ended_at", "looks", "looked_at"],
)  # fmt: skip
register_audit_words(
    {
        "paper.give": _("在您的资料库里放了证件"),
        "paper.share": _("把您的一样证件给单位看"),
        "paper.unshare": _("收回了给单位看的证件"),
        "paper.look": _("看了您给窗口看的证件"),
        "paper.remove": _("从您的资料库里拿掉了证件"),
        "service.publish": _("发布了一个办事事项"),
        "service.withdraw": _("下架了一个办事事项"),
        "service.discard": _("不要一个办事事项的草稿了"),
    }
)
