"""A residency claim was not found proved. Its reason stands in the account alone: messages are read over shoulders."""

from django.utils.translation import gettext_lazy as _

from ..rules import Group
from .port import Template

TEMPLATE = Template(
    key="residency.refused",
    group=Group.AFFAIRS,
    title=_("您的住处没有通过核实"),
    text=_("%(place)s的住处没有通过核实。原因和下一步写在“我的住处”里，改好可以再认领。"),
    sms=_("%(place)s：您的住处没有通过核实，原因和下一步请登录看“我的住处”。"),
    link="people:residency",
    link_label=_("看我的住处"),
    sample={"place": _("纺机新村")},
)
