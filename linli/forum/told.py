"""What people are told of the forum. Words hold ids and public words only; of a closed board not even the title."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.messaging.api import Channel, Group, Template, register

_GO = _("去看看")
_SAMPLE = {
    "heading": _("5 幢北侧的步道晚上太黑"), "who": _("孔祥生"), "topic": 12, "post": 45, "board_id": 7, "n": 3, "board": _("纺机新村"),
    "body": _("邻安物业"),
}  # fmt: skip


def _template(
    key: str, title: Any, text: Any, sms: Any, *, group: Group = Group.TALK, link: str = "forum:post",
    word: str = "post", label: Any = _GO, channels: tuple[Channel, ...] = (Channel.EMAIL,),
) -> str:  # fmt: skip
    register(
        Template(
            key=key, group=group, title=title, text=text, sms=sms, channels=channels, link=link, link_words=(word,),
            link_label=label, sample=_SAMPLE,
        )
    )  # fmt: skip
    return key


REPLIED = _template(
    "forum.replied",
    _("%(who)s回复了您的话题"),
    _("“%(heading)s”有了新回复，是%(who)s写的。同一个话题一小时最多告诉您一次。"),
    _("您的话题“%(heading)s”有新回复。"),
)
ANSWERED = _template(
    "forum.answered",
    _("%(who)s回复了您"),
    _("在“%(heading)s”里，%(who)s回复了您写的那一楼。"),
    _("“%(heading)s”里有人回复了您。"),
)
NAMED = _template(
    "forum.named",
    _("%(who)s提到了您"),
    _("在“%(heading)s”里，%(who)s点了您的名字。"),
    _("“%(heading)s”里有人提到您。"),
)
FOLLOWED = _template(
    "forum.followed",
    _("您关注的话题有 %(n)s 条新回复"),
    _("“%(heading)s”这一小时里有 %(n)s 条新回复。不想再收，在话题里点“不再提醒”。"),
    _("您关注的“%(heading)s”有 %(n)s 条新回复。"),
    link="forum:first_unread",
    word="topic",
)
NEW_ON_BOARD = _template(
    "forum.new_on_board",
    _("%(board)s有 %(n)s 个新话题"),
    _("您关注的版块%(board)s这一小时里有 %(n)s 个新话题。"),
    _("%(board)s有 %(n)s 个新话题。"),
    link="forum:board",
    word="board_id",
)
BY_PERSON = _template(
    "forum.by_person",
    _("%(who)s发了新话题"),
    _("您关注的%(who)s发了话题“%(heading)s”。"),
    _("%(who)s发了新话题“%(heading)s”。"),
    link="forum:topic",
    word="topic",
)
OFFICE_CALLED = _template(
    "forum.office_called",
    _("有人点名找%(body)s"),
    _("在“%(heading)s”里，%(who)s点名找%(body)s。答复时选“以单位名义”，邻居一眼看得出是正式的。"),
    _("“%(heading)s”里有人找%(body)s，请登录答复。"),
    group=Group.DUTY,
)
OFFICE_REPLIED = _template(
    "forum.office_replied",
    _("%(body)s发的话题有人回复"),
    _("“%(heading)s”下面有了新回复，是%(who)s写的。同一个话题一小时最多告诉您一次。"),
    _("%(body)s发的“%(heading)s”有新回复。"),
    group=Group.DUTY,
)
FOR_YOU = _template(
    "forum.for_you",
    _("%(body)s替您在论坛发了言"),
    _("按您说的，%(body)s以您的名字在“%(heading)s”发了言，并写明是代发的。不是您的意思，请打%(body)s的电话。"),
    _("%(body)s按您说的，以您的名字在论坛发了言。不是您的意思请打电话。"),
    group=Group.AFFAIRS,
    channels=(Channel.SMS, Channel.EMAIL),
)
SOLVED = _template(
    "forum.solved",
    _("您的回复解决了问题"),
    _("“%(heading)s”标了“已解决”，靠的是您写的那一楼。"),
    _("您的回复解决了“%(heading)s”。"),
)
