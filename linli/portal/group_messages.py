"""What becomes of a wish for a group's site, told to whoever asked."""

from django.utils.translation import gettext_lazy as _

from linli.messaging.api import Channel, Group, Template, register

for _one in (
    Template(
        key="group.opened", group=Group.AFFAIRS, title=_("您的小组站开好了"),
        text=_("%(name)s的站开好了，您是召集人。登录后在页面上方选用这个身份，就能写文章、放相册。"),
        sms=_("%(name)s的站开好了，登录后就能用。"), channels=(Channel.EMAIL,), link="sites:group_mine", link_label=_("看我的小组站"),
        sample={"name": _("缝纫小组")},
    ),
    Template(
        key="group.refused", group=Group.AFFAIRS, title=_("您申请的小组站没有通过"),
        text=_("%(name)s没有通过，原因：%(reason)s。改好可以再交。"), sms=_("您申请的%(name)s没有通过，登录后看原因。"),
        channels=(Channel.EMAIL,), link="sites:group_mine", link_label=_("看我的小组站"),
        sample={"name": _("缝纫小组"), "reason": _("已经有一个缝纫小组了，可以合在一起")},
    ),
):  # fmt: skip
    register(_one)
