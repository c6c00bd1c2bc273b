"""What staff write themselves."""

from django.utils.translation import gettext_lazy as _

from ..rules import Group
from .port import Template

TEMPLATE = Template(
    key="free",
    group=Group.NOTICES,
    title="%(title)s",
    text="%(text)s",
    sms=_("%(sender)s：%(title)s。%(text)s"),
    sample={
        "sender": _("青砖里居委会"),
        "title": _("明天上午停水"),
        "text": _("5月20日 8:00 到 12:00，纺机新村 3 幢换水管，先存点水。12:00 前恢复。"),
    },
)
