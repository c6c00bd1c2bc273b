"""Writing a reply, changing what one has written, and what becomes of a post's state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.common import prepared
from linli.common.bus import publish
from linli.common.errors import NotAllowed, UserError
from linli.common.ids import uuid7
from linli.common.pagecache.parts import reading
from linli.events.forum import PostChanged
from linli.people.api import Actor, Person

from .. import hooks, text_rules
from ..access import may_edit, may_read_topic, may_reply
from ..findable import find_new, find_post
from ..models import Board, Draft, Post, PostVersion, Topic
from ..rules import PostState
from .cooking import read_calls, set_mentions
from .pictures import set_pictures
from .touching import let_go, touch_topic
from .writing import Sheet, begin, check_private, count_in, dish, name_on_lists, put_post

S = PostState


@transaction.atomic
def write_post(
    *, by: Actor, topic: Topic, text: str, now: datetime, reply_to: int | None = None, as_office: bool = False,
    unnamed: bool = False, key: UUID | None = None, alts: Mapping[UUID, str] | None = None, private_ok: bool = False,
    for_person: Person | None = None, consent: str = "",
) -> Post:  # fmt: skip
    """Reply in a topic. The same one-time `key` gives the post it made before, whatever else is said.

    `as_office`: under the name of the acting post's office; `unnamed`: without a name, where the board allows it;
    `reply_to`: a number in the topic; `alts`: pictures sent before (`keep_pictures`), each with what it shows;
    `for_person`, `consent`: written down for somebody, and how he asked (the caller has checked the right to).
    Raises NotAllowed for what the actor cannot see, UserError (text, sign, private_ok, alt_…, none: the topic is closed
    or he may not write here) otherwise; nothing is written then.
    """
    key = key or uuid7()
    topic = locked(topic.pk)
    before = of_key(by, key)
    if before is not None:
        return before
    if not may_read_topic(by, topic):
        raise NotAllowed(_("没有找到"))
    if for_person is None:  # else the caller has asked for him
        refuse_where_closed(by, topic, now)
    sheet = Sheet(
        text_rules.body(text), as_office, unnamed, reply_to, key, alts, private_ok, for_person, consent
    )
    with reading(()):  # the limits are looked at twice and are the same
        state, called = begin(by, topic.board, topic, sheet, sheet.text, now)
        post = put_post(by, topic, sheet, state, called, now)
        for hook in hooks.after_writing:
            hook(post, now)
    find_new(post)
    let_go(topic)
    return post


@transaction.atomic
def edit_post(
    *, by: Actor, post: Post, text: str, now: datetime, title: str | None = None, tags: str | None = None,
    alts: Mapping[UUID, str] | None = None, private_ok: bool = False,
) -> Post:  # fmt: skip
    """Change the words of one's post; what it said before stays readable in its history. Unchanged words leave no trace.

    `title` and `tags` are those of the topic, with its first post; `alts` None leaves the pictures as they are.
    Raises NotAllowed for what is not one's own to change, UserError (title, tags, text, alt_…, private_ok).
    """
    topic = locked(post.topic_id)
    post = Post.objects.select_related("author", "body", "for_person").get(pk=post.pk)
    post.topic = topic
    if not may_edit(by, post, now):
        raise NotAllowed(_("没有找到"))
    words = text_rules.body(text)
    line = text_rules.title(title) if title is not None and post.number == 1 else topic.title
    shown = {one.file_id: one.alt for one in post.pictures.all()}
    if (words, line, shown if alts is None else dict(alts)) != (post.text, topic.title, shown):
        _change(by, post, words, line, alts, private_ok, now)
    if tags is not None and post.number == 1:
        set_tags(topic, text_rules.tags(tags))
    Draft.objects.filter(person=by.person_id, at_what=f"post:{post.pk}").delete()
    find_post(post)
    touch_topic(topic)
    return post


def _change(
    by: Actor,
    post: Post,
    words: str,
    line: str,
    alts: Mapping[UUID, str] | None,
    private_ok: bool,
    now: datetime,
) -> None:
    topic = post.topic
    said = f"{line}\n{words}" if post.number == 1 else words
    check_private(said, alts, private_ok=private_ok)
    called = read_calls(words, topic.board, topic)
    state = hooks.ask_before(by, topic.board, topic, said, now=now, post=post)
    if by.person_id is None:
        raise NotAllowed(_("没有找到"))
    old_title = topic.title if post.number == 1 else ""
    PostVersion.objects.create(post=post, at=now, by_id=by.person_id, title=old_title, text=post.text)
    post.text, post.edited_at = words, now
    post.save(update_fields=["text", "edited_at"])
    if line != topic.title:
        topic.title = line
        topic.save(update_fields=["title"])
    if alts is not None:
        set_pictures(post, alts)
    set_mentions(post, called)
    dish(post, called)
    for hook in hooks.after_editing:
        hook(post, now)
    publish(PostChanged(post.pk, topic.pk, "edited"), now=now)
    if state == S.WAITING and post.state == S.SHOWN:
        set_state(post=post, state=S.WAITING, now=now)


@transaction.atomic
def set_state(*, post: Post, state: PostState, now: datetime, said: str = "") -> Post:
    """Show, hide, hold or erase a post: its article, the topic's state (of its first post), all counters and the search.

    The caller has asked whether it may be done and writes his own record. `said`: the rule and reason that stand in
    place of a hidden text, or that of an erasure. Erasing empties text, title, versions' pictures and who is called.
    """
    topic = locked(post.topic_id)
    post = Post.objects.select_related("author", "body", "for_person").get(pk=post.pk)
    post.topic, before = topic, S(post.state)
    if before == S.ERASED or before == state:
        return post
    post.state, post.said = state, said if state in (S.HIDDEN, S.ERASED) else ""
    if state == S.ERASED:
        _empty(post)
    post.save(update_fields=["state", "said", "text"])
    if post.number == 1:
        Topic.objects.filter(pk=topic.pk).update(state=state)
        topic.state = state
    dish(post)
    if state == S.SHOWN and not _was_counted(post, before):
        count_in(post, now)
    else:
        _recount(post, before, state)
    publish(PostChanged(post.pk, topic.pk, str(state)), now=now)
    for hook in hooks.state_changed:
        hook(post, before, now)
    touch_topic(topic)
    return post


def _was_counted(post: Post, before: PostState) -> bool:
    """Whether readers have seen it: what waited from the beginning has never been counted nor told."""
    return not (before == S.WAITING and post.edited_at is None)


def _recount(post: Post, before: PostState, state: PostState) -> None:
    """Counters after a change between shown and not shown, and the last word where it was his."""
    step = (state == S.SHOWN) - (before == S.SHOWN)
    topic = post.topic
    if step:
        first = post.number == 1
        Board.objects.filter(pk=topic.board_id).update(
            posts=F("posts") + step, topics=F("topics") + (step if first else 0)
        )
        Topic.objects.filter(pk=topic.pk).update(replies=F("replies") + (0 if first else step))
    mend_last(topic)


def mend_last(topic: Topic) -> None:
    """The last word of a topic, from its shown posts."""
    last = (
        Post.objects.filter(topic=topic, state=S.SHOWN)
        .select_related("author", "body", "for_person")
        .order_by("-at", "-number")
        .first()
    )
    if last is not None:
        Topic.objects.filter(pk=topic.pk).update(last_at=last.at, last_name=name_on_lists(last))


def _empty(post: Post) -> None:
    """Nothing of it is kept but its number; the versions' rows go with the moderation's own verb."""
    post.text = ""
    post.mentions.all().delete()
    set_pictures(post, {})
    if post.number == 1:
        Topic.objects.filter(pk=post.topic_id).update(title=str(_("（已删除）")))


def set_tags(topic: Topic, words: list[str]) -> None:
    there = {row.word: row for row in topic.tags.all()}
    for word, row in there.items():
        if word not in words:
            row.delete()
    for word in words:
        if word not in there:
            topic.tags.create(word=word)


def locked(pk: int) -> Topic:
    """The topic with its board, nobody else writing in it until the transaction ends."""
    found = prepared.objects(_locked, values=(pk,))
    if not found:
        raise Topic.DoesNotExist
    return found[0]


def _locked(pk: int) -> QuerySet[Topic]:
    return Topic.objects.select_for_update(of=("self",)).select_related("board__place").filter(pk=pk)


def of_key(by: Actor, key: UUID) -> Post | None:
    """What this form made before. Raises NotAllowed where another made it."""
    for post in prepared.objects(_of_key, values=(key,)):
        if post.author_id != by.person_id:
            raise NotAllowed(_("没有找到"))
        return post
    return None


def _of_key(key: UUID) -> QuerySet[Post]:
    return Post.objects.filter(key=key).select_related("topic__board__place")


def refuse_where_closed(by: Actor, topic: Topic, now: datetime) -> None:
    """Say in words why nothing can be added."""
    if may_reply(by, topic, now):
        return
    if topic.merged_into_id is not None:
        raise UserError(_("这个话题并到别处了，请到那边接着说。您写的还在。"))
    if topic.is_closed(now):
        raise UserError(_("这个话题刚刚关上，不再收回复。您写的还在，可以另发一个话题。"))
    if topic.board.closed_at is not None:
        raise UserError(_("这个版块已经关了，不再收新的发言。您写的还在。"))
    raise UserError(_("认证了这里的住处才能发言。您写的还在。"))


def first_free_number(topic: Topic) -> int:
    """For whoever moves posts: the number after the highest."""
    return (Post.objects.filter(topic=topic).aggregate(n=Max("number"))["n"] or 0) + 1
