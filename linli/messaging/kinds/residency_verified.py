"""A residency was verified."""

from django.utils.translation import gettext_lazy as _

from ..rules import Group
from .port import Template

TEMPLATE = Template(
    key="residency.verified",
    group=Group.AFFAIRS,
    title=_("您的住处核实好了"),
    text=_("%(place)s的住处已核实。现在可以在这里提问、报修和投票。"),
    sms=_("%(place)s：您的住处核实好了，登录后就能用。"),
    link="people:residency",
    link_label=_("看我的住处"),
    sample={"place": _("纺机新村")},
)
