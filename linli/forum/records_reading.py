"""Everybody's copy of what he reads, follows and votes, and the words for the audit log."""

from django.utils.translation import gettext_lazy as _

from linli.people.api import include_in_export, leave_out_of_export, register_audit_words

_A = "linli_forum"
include_in_export(f"{_A}.Reading", _("看过和关注的话题"), ["person"], ["topic.title", "number", "following", "at"])
include_in_export(f"{_A}.Follow", _("关注的版块和邻居"), ["person"], ["board.name", "whom.display_name", "following"])
leave_out_of_export(f"{_A}.Follow", "whom", "who follows whom is the follower's own; the followed is not told by a file either")
include_in_export(f"{_A}.Visit", _("上次来论坛"), ["person"], ["since", "at"])
include_in_export(f"{_A}.Reaction", _("点过的同感和感谢"), ["person"], ["post.topic.title", "post.number", "kind"])
include_in_export(f"{_A}.Ballot", _("投票"), ["person"], ["poll.question", "chosen", "at"])
register_audit_words(
    {
        "forum.for_other": _("按您的要求，以您的名字在论坛发言"),
        "forum.export": _("导出了自己的发言"),
        "forum.solved": _("标了话题已解决"),
        "forum.poll.close": _("提前截止了投票"),
    }
)
