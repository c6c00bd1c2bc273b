"""What those who check pages are told, and those who handed them in."""

from __future__ import annotations

from typing import Any

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


def _checked(key: str, title: Any, text: Any, sms: Any) -> Template:
    """For the editor. `why` is what the checker wrote beside it."""
    return register(
        Template(
            key=key, group=Group.DUTY, title=title, text=text, sms=sms, channels=(Channel.EMAIL,), link="studio:desk_site",
            link_words=("slug",), link_label=_("去看看"),
            sample={"site": _("青砖里社区"), "title": _("办居住证"), "slug": "qingzhuanli", "why": _("写上周六几点关门。")},
        )
    )  # fmt: skip


APPROVED = _checked(
    "page.approved", _("您写的一页发布了"), _("%(site)s的《%(title)s》核对过了，居民已经看得到。"), _("您在%(site)s写的一页发布了。")
)
SCHEDULED = _checked(
    "page.scheduled", _("您写的一页核对过了"), _("%(site)s的《%(title)s》核对过了，到您定的时间自己发布。"),
    _("您在%(site)s写的一页核对过了，到时间发布。"),
)  # fmt: skip
RETURNED = _checked(
    "page.returned", _("您写的一页退回来了"), _("%(site)s的《%(title)s》先不发布，改好可以再交。%(why)s"),
    _("您在%(site)s写的一页退回来了，登录后看原因。"),
)  # fmt: skip
TAKEN = _checked(
    "page.taken", _("您写的一页不用再等核对"), _("%(site)s的《%(title)s》由核对的人接着改了，以网站上的为准。"),
    _("您在%(site)s写的一页由核对的人接着改了。"),
)  # fmt: skip
