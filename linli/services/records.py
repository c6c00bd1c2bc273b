"""What service items note of persons, and the words for the audit log."""

from django.utils.translation import gettext_lazy as _

from linli.people.api import leave_out_of_export, register_audit_words

_S = "linli_services"
_CLERK = "which clerk wrote, published or verified a service item; his deeds stand in his own audit rows"
for _model, _field in (("Item", "verified_by"), ("ItemVersion", "by"), ("ItemStep", "by")):
    leave_out_of_export(f"{_S}.{_model}", _field, _CLERK)
register_audit_words(
    {
        "service.publish": _("发布了一个办事事项"),
        "service.withdraw": _("下架了一个办事事项"),
        "service.discard": _("不要一个办事事项的草稿了"),
    }
)
