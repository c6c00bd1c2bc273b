"""Moderation in the forum's pages: rules where one writes, what is clarified, reporting, and the moderators' links."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.common import slots
from linli.sites.api import local_of

from .access import may_moderate
from .articles import PostAct
from .models import Act, Board, Topic
from .permissions import F
from .queries import moderation as read
from .queries.appeals import open_appeals
from .queries.speech import rules_for
from .rules import PostState
from .speech_rules import ActKind


def desk_link(request: HttpRequest) -> list[slots.Link]:
    actor = request.actor  # type: ignore[attr-defined]
    if actor.acting is None:
        return []
    if F.FORUM_MODERATE in actor.permissions:
        url = reverse("forum:desk")
        if "forum" not in actor.memo:  # the desk's first page asks twice
            appeals = open_appeals(actor).count() if F.FORUM_APPEAL in actor.permissions else 0
            actor.memo["forum"] = sum(read.desk_counts(actor)) + appeals
        count = actor.memo["forum"]
    elif F.FORUM_APPEAL in actor.permissions:
        url = reverse("forum:appeals")
        count = open_appeals(actor).count()
    else:
        return []
    here = request.path.startswith("/desk/forum/") and not request.path.startswith("/desk/forum/boards/")
    return [slots.Link(_("论坛管理"), url, icon="talk", order=25, count=count or None, current=here)]


def foot_links(request: HttpRequest) -> list[slots.Link]:
    site = local_of(request)
    if site is None:
        return []
    return [
        slots.Link(_("发言公约"), f"{site.url}rules/", order=20),
        slots.Link(_("管理记录"), f"{site.url}moderation/", order=21),
    ]


def rules_box(request: HttpRequest, board: Board, **_page: object) -> list[slots.Box]:
    """The rules in force, where one writes."""
    site = local_of(request)
    context = {"rules": rules_for(board.place), "slug": site.slug if site else ""}
    return [slots.Box("forum/_rules.html", context, order=90, name="rules")]


def top_boxes(request: HttpRequest, topic: Topic, **_page: object) -> list[slots.Box]:
    """The official clarification, and that the topic is slowed down."""
    found = []
    if topic.clarified_by is not None:
        rows = Act.objects.filter(
            topic=topic, kind=ActKind.CLARIFY, post__number=topic.clarified_by, post__state=PostState.SHOWN
        )
        act = rows.select_related("body").order_by("-pk").first()
        if act is not None:
            found.append(
                slots.Box(
                    "forum/_clarified.html",
                    {"act": act, "number": topic.clarified_by},
                    order=10,
                    name="clarified",
                )
            )
    if topic.slow:
        found.append(slots.Box("forum/_slow.html", {"seconds": topic.slow}, order=20, name="slow"))
    return found


def post_acts(request: HttpRequest, topic: Topic, **_page: object) -> list[PostAct]:
    """Reporting others' posts; the desk for whoever keeps order here."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.person is None or actor.mandate is not None:
        return []
    acts = [PostAct(_("举报"), "/posts/{post}/report/", order=80, own=False)]
    if actor.acting is not None and may_moderate(actor, topic.board):
        states = (PostState.SHOWN, PostState.WAITING, PostState.HIDDEN)
        acts.append(PostAct(_("管理"), "/desk/forum/posts/{post}/", order=90, states=states))
    return acts


slots.fill("post.acts", post_acts)
slots.fill("topic.top", top_boxes)
slots.fill("forum.write", rules_box)
slots.fill("nav.desk", desk_link)
slots.fill("foot.links", foot_links)
