"""Everybody's copy of what belongs to him."""

from django.utils.translation import gettext_lazy as _

from linli.people.api import include_in_export, leave_out_of_export

_M = "linli_messaging"
include_in_export(f"{_M}.Delivery", _("收到的消息"), ["person"], ["channel", "level", "created_at", "message.group"])
include_in_export(f"{_M}.Box", _("收件箱"), ["person"], ["unread", "quiet_since", "quiet_until"])
include_in_export(f"{_M}.Preference", _("收消息的方式"), ["person"], ["group", "channel", "mode"])
include_in_export(f"{_M}.Digest", _("汇总邮件"), ["person"], ["mode", "period"])
leave_out_of_export(f"{_M}.Message", "sent_by", "who did the clerk's work; it stands in the clerk's own audit rows")
