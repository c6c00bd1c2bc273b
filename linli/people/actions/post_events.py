"""What other apps are told of posts: at the first day and at the last, also where these lie ahead."""

from __future__ import annotations

from datetime import datetime

from linli.common.bus import publish
from linli.common.clock import start_of
from linli.events.people import PostBegan, PostEnded

from ..models import Post


def tell_began(post: Post, now: datetime) -> None:
    """The post begins on its first day, and ends by itself where its term has an end."""
    begun = PostBegan(post_id=post.pk, person_id=post.person_id, body_id=post.body_id)
    publish(begun, now=now, key=post.pk.hex, due=max(now, start_of(post.since)))
    if post.until is not None:
        tell_ended(post, now)


def tell_ended(post: Post, now: datetime) -> None:
    """The post ends with the start of `until`; one who is dismissed and was to leave later is told of twice."""
    assert post.until is not None
    ended = PostEnded(post_id=post.pk, person_id=post.person_id, body_id=post.body_id)
    publish(ended, now=now, key=f"{post.pk.hex}:{post.until}", due=max(now, start_of(post.until)))
