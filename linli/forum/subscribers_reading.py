"""What reading does when something happened: people are told of posts, notices become topics, accounts come and go."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from linli.common.bus import subscribe
from linli.common.outbox import Parcel, handler
from linli.events.forum import PostWritten, TopicOpened
from linli.events.people import AccountClosed, AccountsMerged
from linli.events.portal import NoticeEnded, NoticePublished

from .actions import notices, telling
from .actions.account_reading import forget_reader, merge_readers


@subscribe(PostWritten)
def on_post(event: PostWritten, now: datetime) -> None:
    telling.tell_of_post(post=event.post_id, now=now)


@subscribe(TopicOpened)
def on_topic(event: TopicOpened, now: datetime) -> None:
    telling.tell_of_topic(topic=event.topic_id, post=event.post_id, now=now)


@handler(telling.HOURLY)
def hourly(parcel: Parcel) -> None:
    since = datetime.fromisoformat(parcel.payload["since"])
    telling.tell_followers(topic=parcel.payload["topic"], since=since, key=parcel.key, now=parcel.now)


@handler(telling.HOURLY_BOARD)
def hourly_board(parcel: Parcel) -> None:
    since = datetime.fromisoformat(parcel.payload["since"])
    telling.tell_board(board=parcel.payload["board"], since=since, key=parcel.key, now=parcel.now)


@subscribe(NoticePublished)
def on_notice(event: NoticePublished, now: datetime) -> None:
    said = notices.Said(
        event.notice_id, event.title, event.short, event.level, event.issuer_id, event.place_id, event.url_path,
        event.published_at, event.valid_until, UUID(event.corrects) if event.corrects else None,
    )  # fmt: skip
    notices.open_notice(said=said, now=now)


@subscribe(NoticeEnded)
def on_notice_ended(event: NoticeEnded, now: datetime) -> None:
    notices.end_notice(notice=event.notice_id, how=event.how, now=now)


@subscribe(AccountClosed)
def on_closed(event: AccountClosed, now: datetime) -> None:
    forget_reader(person=event.person_id)


@subscribe(AccountsMerged)
def on_merged(event: AccountsMerged, now: datetime) -> None:
    merge_readers(keep=event.kept_id, drop=event.dropped_id, now=now)
