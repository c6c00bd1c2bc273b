"""Who sees the pictures of posts: whoever may read the post, and before it is written whoever sent them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from linli.files.api import File, Type, register_owner

from .access import may_read_post
from .actions.pictures import OWNER
from .models import Draft, Post
from .rules import MOST_PICTURES


def sees(actor: Any, owner_id: str) -> bool:
    key = _key(owner_id)
    post = Post.objects.filter(key=key).select_related("topic__board__place").first()
    if post is not None:
        return may_read_post(actor, post)
    return (
        actor.person_id is not None
        and File.objects.filter(owner_kind=OWNER, owner_id=owner_id, by=actor.person_id).exists()
    )


def living(keys: Iterable[str]) -> set[str]:
    wanted = [_key(key) for key in keys]
    posts = Post.objects.filter(key__in=wanted).values_list("key", flat=True)
    drafts = Draft.objects.filter(key__in=wanted).values_list("key", flat=True)
    return {str(key) for key in (*posts, *drafts)}


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)  # nothing has it


register_owner(OWNER, sees=sees, living=living, accepts=[Type.PICTURE], most=MOST_PICTURES)
