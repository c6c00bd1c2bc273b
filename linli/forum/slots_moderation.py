"""The moderators' link on the desk, and the rules and the log in the foot of a site's pages."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.common import slots
from linli.sites.api import local_of

from .permissions import F
from .queries import moderation as read
from .queries.appeals import open_appeals


def desk_link(request: HttpRequest) -> list[slots.Link]:
    actor = request.actor  # type: ignore[attr-defined]
    if actor.acting is None:
        return []
    if F.FORUM_MODERATE in actor.permissions:
        url = reverse("forum:desk")
        count = sum(read.desk_counts(actor)) + (open_appeals(actor).count() if F.FORUM_APPEAL in actor.permissions else 0)
    elif F.FORUM_APPEAL in actor.permissions:
        url = reverse("forum:appeals")
        count = open_appeals(actor).count()
    else:
        return []
    here = request.path.startswith("/desk/forum/")
    return [slots.Link(_("论坛管理"), url, icon="talk", order=25, count=count or None, current=here)]


def foot_links(request: HttpRequest) -> list[slots.Link]:
    site = local_of(request)
    if site is None:
        return []
    return [
        slots.Link(_("发言公约"), f"{site.url}rules/", order=20),
        slots.Link(_("管理记录"), f"{site.url}moderation/", order=21),
    ]


slots.fill("nav.desk", desk_link)
slots.fill("foot.links", foot_links)
