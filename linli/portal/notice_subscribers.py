"""A published notice that matters goes to the inboxes of its audience, an urgent one by SMS too."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.common.bus import subscribe
from linli.common.clock import local_date
from linli.events.people import AccountClosed, AccountsMerged
from linli.events.portal import NoticePublished
from linli.messaging.api import Channel, Group, Template, register, tell

from .models import Notice, NoticeRead
from .notice_audience import people_meant
from .notice_rules import LATE, RINGING, NoticeLevel, NoticeState

_SAMPLE = {
    "heading": _("柳渡路水管抢修，1—6 幢停水到 20:30"), "issuer": _("青砖里居委会"),
    "short": _("今天停水到 20:30，送水车在 3 幢南门口。"), "notice": "0190aaaa-0000-7000-8000-000000000000",
}  # fmt: skip
TEMPLATE = register(
    Template(
        key="notice.published", group=Group.NOTICES, title="%(heading)s", text=_("%(issuer)s：%(short)s"), sms="%(short)s",
        channels=(), link="portal:notice", link_words=("notice",), link_label=_("看全文"), sample=_SAMPLE,
    )
)  # fmt: skip


@subscribe(NoticePublished)
def on_published(event: NoticePublished, now: datetime) -> None:
    """Told once a notice. What is over, withdrawn or heard of a day late rings nobody."""
    if event.level not in RINGING or now - event.published_at > LATE or event.valid_until <= now:
        return
    if not Notice.objects.filter(pk=event.notice_id, state=NoticeState.PUBLISHED).exists():
        return
    place = Area.objects.get(pk=event.place_id)
    people = people_meant(place, [int(key) for key in event.building_ids.split()], local_date(now))
    urgent = event.level == NoticeLevel.URGENT
    if people:
        tell(
            people=people, template=TEMPLATE.key, key=f"notice:{event.notice_id.hex}", place=place, urgent=urgent, now=now,
            channels=[Channel.SMS] if urgent else [],
            context={
                "heading": event.title, "short": event.short, "issuer": event.issuer_name, "notice": str(event.notice_id),
            },
        )  # fmt: skip


@subscribe(AccountClosed)
def on_closed(event: AccountClosed, now: datetime) -> None:
    """What he has read was his."""
    NoticeRead.objects.filter(person=event.person_id).delete()


@subscribe(AccountsMerged)
def on_merged(event: AccountsMerged, now: datetime) -> None:
    """What the dropped account has read, the kept one has; a notice that both have opened counts once."""
    same = NoticeRead.objects.filter(person=event.kept_id, notice=OuterRef("notice"), home=OuterRef("home"))
    theirs = NoticeRead.objects.filter(person=event.dropped_id)
    theirs.filter(Exists(same)).delete()
    theirs.update(person=event.kept_id)
