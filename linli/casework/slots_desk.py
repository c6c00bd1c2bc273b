"""The desk's link with its count, and the way from a forum post to a report."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from linli.common import slots
from linli.forum.api import PostAct, Topic
from linli.people.api import may_anywhere

from .permissions import C
from .queries import desk as read


def desk_link(request: HttpRequest) -> list[slots.Link]:
    actor = request.actor  # type: ignore[attr-defined]
    if actor.acting is None or not may_anywhere(actor, C.CASE_WORK):
        return []
    url = slots.url("casework:cases")
    if "cases" not in actor.memo:  # the desk's first page asks twice
        desk = read.desk_of(actor)
        actor.memo["cases"] = read.waiting(desk) if desk is not None else 0
    count = actor.memo["cases"] or None
    return [slots.Link(_("工单"), url, icon="report", order=20, count=count, current=request.path.startswith(url) and not request.path.startswith(f"{url}spots/"))]


def report_from_a_post(request: HttpRequest, topic: Topic) -> list[PostAct]:
    """From a post that everybody may read: have somebody see to it."""
    if topic.board.reads != "public":
        return []
    return [PostAct(_("反映这件事"), "/report/?from=/posts/{post}/", icon="report", order=35)]


slots.fill("nav.desk", desk_link)
slots.fill("post.acts", report_from_a_post)
