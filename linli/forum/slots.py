"""The forum in a site's navigation and on its first page, in one's account and on the desk; and what one does with a post."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.common import clock, slots
from linli.people.api import Actor, may_anywhere, register_audit_words
from linli.sites.api import Site, kept_boxes, local_of

from .actions.touching import talk_tags
from .articles import PostAct
from .models import Draft
from .permissions import F
from .queries.boards import boards_of
from .queries.topics import newest_of
from .rules import PostState

NEWEST = 5


def site_links(request: HttpRequest) -> list[slots.Link]:
    """Of a place's own site; groups talk where they stand."""
    site = local_of(request)
    if site is None or site.body_id is not None:
        return []
    url = f"/s/{site.slug}/forum/"
    here = request.path.startswith((url, "/boards/", "/topics/", "/posts/"))
    return [slots.Link(_("论坛"), url, icon="talk", order=15, current=here)]


@kept_boxes(tags=lambda site: talk_tags((*site.place.ancestor_ids, site.place_id)))
def main_boxes(request: HttpRequest, site: Site) -> list[slots.Box]:
    """The newest topics; the page is everybody's, so only of boards that everybody reads."""
    if site.body_id is not None:
        return []
    keys = [line.pk for line in boards_of(site, Actor())]
    topics = newest_of(keys, NEWEST, clock.now(), own=True) if keys else []
    return (
        [slots.Box("forum/boards/box.html", {"topics": topics, "site": site}, order=20, name="forum")]
        if topics
        else []
    )


def account_boxes(request: HttpRequest) -> list[slots.Box]:
    count = Draft.objects.filter(person=request.actor.person_id).count()  # type: ignore[attr-defined]
    return [slots.Box("forum/boards/account_box.html", {"drafts": count}, order=55)] if count else []


def desk_links(request: HttpRequest) -> list[slots.Link]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.acting is None or not may_anywhere(actor, F.FORUM_BOARDS):
        return []
    url = slots.url("forum:boards_desk")
    return [slots.Link(_("论坛版块"), url, icon="talk", order=64, current=request.path.startswith(url))]


def post_acts(request: HttpRequest, **_page: object) -> list[PostAct]:
    """One's own may be changed; the view asks whether still."""
    if request.actor.person is None:  # type: ignore[attr-defined]
        return []
    return [
        PostAct(
            _("修改"), "/posts/{post}/edit/", order=20, own=True, states=(PostState.SHOWN, PostState.WAITING)
        )
    ]


slots.fill("site.nav", site_links)
slots.fill("site.main", main_boxes)
slots.fill("account.sections", account_boxes)
slots.fill("nav.desk", desk_links)
slots.fill("post.acts", post_acts)
register_audit_words(
    {
        "forum.unnamed": gettext_lazy("不署名发了言"),
        "forum.board.open": gettext_lazy("开了一个论坛版块"),
        "forum.board.shape": gettext_lazy("改了一个论坛版块"),
        "forum.board.close": gettext_lazy("关了一个论坛版块"),
    }
)
