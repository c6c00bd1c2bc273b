"""Questions in the frame of a site, on its first page, on the desk and in one's account."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.common import clock, slots
from linli.common.pagecache import midnight, valid_until
from linli.forum.api import PostAct, Topic
from linli.people.api import may_anywhere
from linli.sites.api import Site, SiteKind, kept_boxes, local_of

from .permissions import D
from .queries import questions as read


def nav_link(request: HttpRequest) -> list[slots.Link]:
    site = local_of(request)
    if site is None or site.kind != SiteKind.PLACE:
        return []
    url = f"{site.url}questions/"
    current = request.path.startswith((url, "/questions/"))
    return [slots.Link(_("提问"), url, icon="ask", order=20, current=current)]


@kept_boxes("questions")
def box(request: HttpRequest, site: Site) -> list[slots.Box]:
    """Ask, and how it stands: waiting, answered, overdue."""
    if site.kind != SiteKind.PLACE:
        return []
    now = clock.now()
    valid_until(request, read.next_change(site.place, now))
    context = {
        "counts": read.counts(site.place, now),
        "url": f"{site.url}questions/",
        "new": reverse("deliberation:new", args=[site.slug]),
    }
    return [slots.Box("deliberation/parts/box.html", context, order=15, name="questions")]


def desk_link(request: HttpRequest) -> list[slots.Link]:
    actor = request.actor  # type: ignore[attr-defined]
    if actor.acting is None or not may_anywhere(actor, D.QUESTION_ANSWER):
        return []
    url = reverse("deliberation:desk")
    if "questions" not in actor.memo:  # the desk's first page asks twice
        now = clock.now()
        counts = read.desk_counts(actor, now, midnight(now))
        actor.memo["questions"] = counts["today"] + counts["overdue"] + counts["above"]
    waiting = actor.memo["questions"]
    return [
        slots.Link(
            _("提问"), url, icon="ask", order=28, count=waiting or None, current=request.path.startswith(url)
        )
    ]


def account_box(request: HttpRequest) -> list[slots.Box]:
    if request.actor.person is None:  # type: ignore[attr-defined]
        return []
    return [slots.Box("deliberation/parts/account_box.html", order=30)]


slots.fill("site.nav", nav_link)
slots.fill("site.aside", box)
slots.fill("nav.desk", desk_link)
slots.fill("account.sections", account_box)


def ask_from_a_post(request: HttpRequest, topic: Topic) -> list[PostAct]:
    """From a post that everybody may read: put it as a question that has to be answered."""
    site = local_of(request)
    if topic.board.reads != "public" or site is None or site.kind != SiteKind.PLACE:
        return []
    url = reverse("deliberation:new", args=[site.slug])
    return [PostAct(_("请单位答复"), f"{url}?about=/posts/{{post}}/", icon="ask", order=40)]


slots.fill("post.acts", ask_from_a_post)
