"""Topics and replies as things that can be found, one entry a post: a topic by its title and first post, a reply by its words.

Members-only boards are found by whoever may read there; complaint boxes and offices' boards by nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.design.light import plain
from linli.search.api import Audience as Finds
from linli.search.api import Entry, drop_entries, put_entries, register_kind

from . import hooks
from .models import Post
from .permissions import F
from .rules import Audience, PostState

TOPIC, REPLY = "topic", "reply"
_FINDS = {Audience.PUBLIC: Finds.PUBLIC, Audience.MEMBERS: Finds.MEMBERS}
_LINE = 40  # letters of a reply that stand for its title


def entries_of(posts: Any) -> Iterator[Entry]:
    """The entries of those posts that may be found."""
    shown = posts.filter(
        state=PostState.SHOWN,
        topic__state=PostState.SHOWN,
        topic__merged_into=None,
        topic__board__reads__in=list(_FINDS),
    )
    for post in shown.select_related("topic__board__place").iterator(chunk_size=500):
        yield _entry(post)


def _entry(post: Post) -> Entry:
    board, first = post.topic.board, post.number == 1
    reads = Audience(board.reads)
    return Entry(
        kind=TOPIC if first else REPLY, subject=str(post.pk), title=post.topic.title if first else plain(post.text, _LINE),
        url=f"/topics/{post.topic_id}/" if first else f"/posts/{post.pk}/", text=post.text, at=post.at, place=board.place.path,
        audience=_FINDS[reads], permission=F.FORUM_READ if reads == Audience.MEMBERS else "",
    )  # fmt: skip


def find_new(post: Post) -> None:
    """Write the entry of a post that has just been made; `post.topic.board.place` is loaded."""
    topic = post.topic
    if post.state == topic.state == PostState.SHOWN and topic.merged_into_id is None and topic.board.reads in _FINDS:
        put_entries([_entry(post)])


def find_post(post: Post) -> None:
    """Write a post's entry anew, or drop it where it may not be found."""
    if not _put(Post.objects.filter(pk=post.pk)):
        drop_entries(kind=TOPIC if post.number == 1 else REPLY, subjects=[post.pk])


def find_topic(pk: int) -> None:
    """The same for all posts of a topic: after its state or its board has changed, or posts were moved."""
    posts = Post.objects.filter(topic=pk)
    found = {entry.subject for entry in entries_of(posts)}
    lost = [key for key in posts.values_list("pk", flat=True) if str(key) not in found]
    _put(posts)
    drop_entries(kind=TOPIC, subjects=lost)
    drop_entries(kind=REPLY, subjects=lost)


def found_again(post: Post, before: PostState, now: datetime) -> None:
    """After its state has changed; with its first post a whole topic comes and goes."""
    if post.number == 1:
        find_topic(post.topic_id)
    else:
        find_post(post)


def _put(posts: Any) -> int:
    entries = list(entries_of(posts))
    put_entries(entries)
    return len(entries)


register_kind(TOPIC, _("论坛话题"), lambda: entries_of(Post.objects.filter(number=1)), order=40)
register_kind(REPLY, _("论坛回复"), lambda: entries_of(Post.objects.filter(number__gt=1)), order=45)
hooks.register(hooks.state_changed, found_again)
