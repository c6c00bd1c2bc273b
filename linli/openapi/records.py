"""Words for the audit log; keys are a body's, not a person's."""

from django.utils.translation import gettext_lazy as _

from linli.people.api import leave_out_of_export, register_audit_words

leave_out_of_export("linli_openapi.ApiKey", "made_by", "who gave a program its key; it stands in his own audit rows")
register_audit_words({"api_key.give": _("发了一个接口密钥"), "api_key.revoke": _("收回了一个接口密钥")})
