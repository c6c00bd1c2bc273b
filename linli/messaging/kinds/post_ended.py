"""A term in a post is over."""

from django.utils.translation import gettext_lazy as _

from ..rules import Channel, Group
from .port import Template

TEMPLATE = Template(
    key="post.ended",
    group=Group.DUTY,
    title=_("您的职务到期了"),
    text=_("您在%(body)s不再担任%(title)s，办公的权限已经收回。自己的账号照常用。"),
    sms=_("您在%(body)s不再担任%(title)s。自己的账号照常用。"),
    channels=(Channel.EMAIL,),
    sample={"body": _("青砖里居委会"), "title": _("干事")},
)
