"""Who sees the pictures of posts and albums."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from linli.files.api import Type, register_owner
from linli.sites.api import may_at

from .actions.blog import is_own
from .album_rules import PICTURES as MOST_ALBUM
from .album_rules import AlbumState
from .blog_permissions import B
from .blog_rules import PICTURES as MOST_POST
from .blog_rules import BlogState
from .blog_search import ALBUM, POST
from .models import Album, BlogPost


def sees_post(actor: Any, owner_id: str) -> bool:
    """Everybody what is published; a draft whoever writes it; what was withdrawn its author and who may withdraw."""
    post = BlogPost.objects.whole().filter(pk=_key(owner_id)).first()
    if post is None:
        return False
    withdrawn = post.state == BlogState.WITHDRAWN and may_at(actor, B.BLOG_MODERATE, post.site)
    return post.state == BlogState.PUBLISHED or withdrawn or is_own(actor, post)


def living_posts(keys: Iterable[str]) -> set[str]:
    found = BlogPost.objects.filter(pk__in=[_key(key) for key in keys])
    return {str(pk) for pk in found.values_list("pk", flat=True)}


def sees_album(actor: Any, owner_id: str) -> bool:
    return Album.objects.filter(pk=_key(owner_id), state=AlbumState.SHOWN).exists()


def living_albums(keys: Iterable[str]) -> set[str]:
    found = Album.objects.filter(pk__in=[_key(key) for key in keys])
    return {str(pk) for pk in found.values_list("pk", flat=True)}


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)  # nothing has it


register_owner(POST, sees=sees_post, living=living_posts, accepts=[Type.PICTURE], most=MOST_POST)
register_owner(ALBUM, sees=sees_album, living=living_albums, accepts=[Type.PICTURE], public=True, most=MOST_ALBUM)
