"""A term in a post began."""

from django.utils.translation import gettext_lazy as _

from ..rules import Channel, Group
from .port import Template

TEMPLATE = Template(
    key="post.began",
    group=Group.DUTY,
    title=_("您的职务今天开始"),
    text=_("您在%(body)s担任%(title)s。登录后点“工作台”，就能办公。"),
    sms=_("您在%(body)s担任%(title)s，今天开始。登录后点“工作台”。"),
    channels=(Channel.EMAIL,),
    link="people:desk",
    link_label=_("去工作台"),
    sample={"body": _("青砖里居委会"), "title": _("干事")},
)
