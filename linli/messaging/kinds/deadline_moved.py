"""A due date was computed anew."""

from django.utils.translation import gettext_lazy as _

from ..rules import Channel, Group
from .port import Template

TEMPLATE = Template(
    key="deadline.moved",
    group=Group.DUTY,
    title=_("有一件事的到期日变了"),
    text=_("放假安排公布后重算，到期日改为 %(due)s。"),
    sms=_("有一件事的到期日改为 %(due)s，登录后看详情。"),
    channels=(Channel.EMAIL,),
    sample={"due": "2026-10-12"},
)
