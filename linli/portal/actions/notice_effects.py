"""What follows when a notice is published or ends: the event, what can be found, the kept pages, the corrected one."""

from __future__ import annotations

from linli.common.bus import publish
from linli.common.pagecache import bump
from linli.common.transitions import Step
from linli.events.portal import NoticeEnded, NoticePublished
from linli.search.api import drop_entry, put_entries
from linli.sites.api import noun_tag, place_tag

from ..models import Notice, NoticeEvent
from ..notice_found import NOTICE as FOUND
from ..notice_found import describe_notices
from ..notice_rules import NOTICE, NoticeState


@NOTICE.effect("publish")
def published(step: Step[Notice]) -> None:
    notice = step.row
    replaced = _take_place(step)
    publish(
        NoticePublished(
            notice_id=notice.pk, title=notice.title, short=notice.short or notice.title, kind=notice.kind,
            level=notice.level, issuer_id=notice.issuer_id, issuer_name=notice.issuer.name, place_id=notice.place_id,
            audience_paths=notice.place.path, building_ids=" ".join(map(str, notice.buildings)), url_path=notice.url,
            published_at=step.now, valid_until=notice.valid_until, corrects=notice.corrects_id.hex if notice.corrects_id else "",
        ),
        now=step.now, key=f"{notice.pk.hex}:published",
    )  # fmt: skip
    put_entries(describe_notices([notice]))
    bump("news", *_tags(notice), *(f"notice:{pk}" for pk in replaced))


@NOTICE.effect("end")
def ended(step: Step[Notice]) -> None:
    notice = step.row
    publish(NoticeEnded(notice_id=notice.pk, how=step.event), now=step.now, key=f"{notice.pk.hex}:ended")
    if step.event != "expire":
        drop_entry(kind=FOUND, subject=notice.pk)
    bump("news", *_tags(notice))


def _tags(notice: Notice) -> tuple[str, ...]:
    """The pages of the site where it stands (and of all below), of its audience, and its own."""
    place = notice.site.place_id
    return place_tag(place), noun_tag("notices", place), place_tag(notice.place_id), f"notice:{notice.pk}"


def _take_place(step: Step[Notice]) -> list[object]:
    """End the notice that this one corrects, where it still stands."""
    new = step.row
    if new.corrects_id is None:
        return []
    changed = Notice.objects.filter(pk=new.corrects_id, state=NoticeState.PUBLISHED).update(
        state=NoticeState.CORRECTED, ended_at=step.now
    )
    if changed:
        old = Notice.objects.select_related("place", "issuer", "site").get(pk=new.corrects_id)
        NoticeEvent.objects.create(
            notice=old, at=step.now, event="correct", state=old.state, by_id=getattr(step.by, "person_id", None),
            post_id=getattr(step.by, "post_id", None),
        )  # fmt: skip
        ended(Step(old, NoticeState.PUBLISHED, "correct", old.state, step.by, step.now))
    return [new.corrects_id] if changed else []
