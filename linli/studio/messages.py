"""What those who check pages are told."""

from django.utils.translation import gettext_lazy as _

from linli.messaging.api import Channel, Group, Template, register

WAITING = register(
    Template(
        key="page.waiting", group=Group.DUTY, title=_("有一页等您核对"),
        text=_("%(site)s的《%(title)s》改好了，核对以后才发布。不是您自己写的就能核。"), sms=_("%(site)s有一页等核对，登录后看。"),
        channels=(Channel.EMAIL,), link="studio:desk_site", link_words=("slug",), link_label=_("去核对"),
        sample={"site": _("青砖里社区"), "title": _("办居住证"), "slug": "qingzhuanli"},
    )
)  # fmt: skip
