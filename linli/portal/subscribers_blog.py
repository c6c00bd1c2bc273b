"""What becomes of posts and albums when their author closes his account."""

from __future__ import annotations

from datetime import datetime

from linli.common.bus import subscribe
from linli.common.pagecache import bump
from linli.events.people import AccountClosed
from linli.files.api import delete_files
from linli.sites.api import noun_tag, place_tag

from .blog_rules import BlogState
from .blog_search import POST
from .models import Album, BlogPost


@subscribe(AccountClosed)
def on_author_closed(event: AccountClosed, now: datetime) -> None:
    """Drafts go. What was published stays for its readers, signed by the closed account, until somebody withdraws it."""
    for post in BlogPost.objects.filter(author=event.person_id, state=BlogState.DRAFT, body=None):
        delete_files(owner=(POST, post.pk))
        post.delete()
    places = {
        *BlogPost.objects.filter(author=event.person_id).values_list("site__place", flat=True),
        *Album.objects.filter(author=event.person_id).values_list("site__place", flat=True),
    }
    if places:
        nouns = (noun_tag(noun, place) for noun in ("blog", "albums") for place in places)
        bump(*map(place_tag, places), *nouns, "news")
