"""What opening a topic, replying and editing have in common. Everything here runs inside the verb's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area, Level
from linli.common import audit, prepared
from linli.common.bus import publish
from linli.common.errors import NotAllowed, UserError
from linli.common.ids import uuid7
from linli.common.privacy_check import find_private, say_findings
from linli.events.forum import OfficeAnswered, PostWritten, TopicOpened
from linli.people.api import Actor, Body, Person

from .. import hooks
from ..access import may_speak
from ..models import Board, Draft, Post, PostPicture, Topic
from ..queries.posts import whole_posts
from ..rules import PostState, Standing
from .cooking import Called, cook_post, read_calls, set_mentions
from .pictures import set_pictures


class PrivateFound(UserError):
    """The text holds what looks like personal data, and nobody has said that it may stand there."""


@dataclass(frozen=True)
class Sheet:
    """What is written, as the verbs were given it."""

    text: str
    as_office: bool = False
    unnamed: bool = False
    reply_to: int | None = None
    key: UUID | None = None
    alts: Mapping[UUID, str] | None = None
    private_ok: bool = False
    for_person: Person | None = None
    consent: str = ""


def check_private(texts: str, alts: Mapping[UUID, str] | None, *, private_ok: bool) -> None:
    """Raise PrivateFound (private_ok) for what looks like personal data."""
    found = find_private("\n".join([texts, *(alts or {}).values()]))
    if found and not private_ok:
        raise PrivateFound(
            _("里面像是有%(what)s。发出去很多人会看到：请去掉，或者勾选“可以发出”")
            % {"what": say_findings(found)},
            field="private_ok",
        )


def check_signing(by: Actor, board: Board, sheet: Sheet) -> None:
    """Raise UserError where the signature is not the actor's to give."""
    if sheet.as_office and not may_speak(by, board):
        raise UserError(_("您的职务不管这里，不能用单位的名义"), field="sign")
    if sheet.unnamed and (not board.anonymous or sheet.as_office):
        raise UserError(_("这个版块要署名"), field="sign")


def begin(
    by: Actor, board: Board, topic: Topic | None, sheet: Sheet, said: str, now: datetime
) -> tuple[PostState, Called]:
    """All that can refuse a post, before anything is locked; the state in which it begins, and whom it calls."""
    check_signing(by, board, sheet)
    called = read_calls(sheet.text, board, topic)
    check_private(said, sheet.alts, private_ok=sheet.private_ok)
    return hooks.ask_before(by, board, topic, said, now=now), called


def put_post(by: Actor, topic: Topic, sheet: Sheet, state: PostState, called: Called, now: datetime) -> Post:
    """The next post of a locked topic, cooked, with its pictures and mentions, and all counters after it."""
    board, number = topic.board, topic.last_number + 1
    standing, badge = standing_of(by, board, as_office=sheet.as_office)
    if sheet.unnamed:
        standing = badge = ""
    if by.person_id is None:
        raise NotAllowed(_("没有找到"))
    post = Post(
        topic=topic, number=number, author=by.person, body=_office_of(by, sheet), acting=by.post_id, for_person=sheet.for_person,
        consent=sheet.consent, unnamed=sheet.unnamed, standing=standing, badge=badge, state=state, text=sheet.text,
        reply_to=sheet.reply_to if sheet.reply_to and sheet.reply_to < number else None, at=now, key=sheet.key or uuid7(),
    )  # fmt: skip
    prepared.insert(post)
    if sheet.alts:
        set_pictures(post, sheet.alts)
    if called.names:
        set_mentions(post, called)
    topic.last_number = number
    _dish_new(post, called, has_pictures=bool(sheet.alts))
    if sheet.unnamed:  # readers and moderators do not see who wrote; whoever reads the audit of the place does
        audit.record(
            actor=by, action="forum.unnamed", subject=post, about=by.person_id, place=board.place, now=now
        )
    if state == PostState.SHOWN:
        count_in(post, now, last_number=number)
    else:
        prepared.change(Topic, topic.pk, step=("version",), last_number=number)
    prepared.delete(_draft, values=(by.person_id, f"board:{board.pk}" if number == 1 else f"topic:{topic.pk}"))
    return post


def _office_of(by: Actor, sheet: Sheet) -> Body | None:
    return Body.objects.get(pk=by.acting.body_id) if sheet.as_office and by.acting else None


def _draft(person: UUID, at_what: str) -> QuerySet[Draft]:
    return Draft.objects.filter(person=person, at_what=at_what)


def _dish_new(post: Post, called: Called, *, has_pictures: bool) -> None:
    """The same as `dish` of a post that has just been made: all but its pictures is at hand."""
    post._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "pictures": post.pictures.select_related("file") if has_pictures else PostPicture.objects.none()
    }
    cook_post(post, called=called)
    prepared.change(Post, post.pk, cooked=post.cooked, article=post.article)


def dish(post: Post, called: Called | None = None) -> None:
    """Cook the post as its rows stand and keep the result."""
    whole = whole_posts().get(pk=post.pk)
    cook_post(whole, called=called)
    post.cooked, post.article = whole.cooked, whole.article
    Post.objects.filter(pk=post.pk).update(cooked=post.cooked, article=post.article)


def count_in(post: Post, now: datetime, **changes: object) -> None:
    """A post comes before its readers for the first time: counters, the last word, the office's answer, who is told.

    The topic's version goes up; `changes`: what else becomes of the topic.
    """
    topic, board = post.topic, post.topic.board
    reply = post.number > 1
    if post.at >= topic.last_at:
        changes |= {"last_at": post.at, "last_name": name_on_lists(post)}
    answers = reply and post.body_id is not None and post.body_id != topic.body_id
    if answers:
        changes["answered_by"] = post.body_id
    prepared.change(Topic, topic.pk, step=("version", "replies") if reply else ("version",), **changes)
    last = max(board.last_at, post.at) if board.last_at else post.at
    prepared.change(Board, board.pk, step=("posts",) if reply else ("posts", "topics"), last_at=last)
    if not reply:
        publish(TopicOpened(topic.pk, post.pk, board.pk, board.place_id), now=now, key=f"topic:{topic.pk}")
    publish(PostWritten(post.pk, topic.pk, board.pk, post.number), now=now, key=f"post:{post.pk}")
    if answers and post.body_id:
        publish(OfficeAnswered(post.pk, topic.pk, post.body_id), now=now, key=f"post:{post.pk}")


def name_on_lists(post: Post) -> str:
    """The name beside the last word of a topic; empty for an unnamed one (lists say so in their own language)."""
    if post.unnamed:
        return ""
    if post.body_id:
        return post.body.name if post.body else ""
    writer = post.for_person or post.author
    return writer.display_name if writer else ""


def standing_of(by: Actor, board: Board, *, as_office: bool = False) -> tuple[str, str]:
    """What the actor is on the board: of a compound's board an owner of his building, of a wider one of his compound."""
    if by.acting is not None:
        return Standing.STAFF, by.acting.title if as_office else f"{by.acting.body_name} {by.acting.title}"
    stays = [stay for stay in by.stays if stay.path.startswith(board.place.path)]
    stay = min(stays, key=lambda one: (not one.owner, not one.in_home, one.area_id), default=None)
    if stay is None:
        return "", ""
    if not stay.in_home:
        return Standing.MEMBER, _place_called(stay.area_id, Level.COMMUNITY)
    level = Level.BUILDING if board.place.level >= Level.COMPOUND else Level.COMPOUND
    return Standing.OWNER if stay.owner else Standing.LIVES, _place_called(stay.area_id, level)


def _place_called(pk: int, level: Level) -> str:
    """The name of the place itself or of the one of this level around it."""
    for row in prepared.rows(_upwards, values=(pk,)):
        return next((name for name, at in zip(row[::2], row[1::2], strict=True) if at == level), "")
    return ""


def _upwards(pk: int) -> QuerySet[Area, Any]:
    """Name and level of a place and of those around it: a home lies four levels below its community."""
    steps = ["parent__" * n for n in range(Level.HOME - Level.COMMUNITY + 1)]
    return Area.objects.filter(pk=pk).values_list(*(f"{step}{name}" for step in steps for name in ("name", "level")))
