"""Where the interface shows up: the desk of keys, and a line at the foot of every page."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.common import slots
from linli.people.api import may_anywhere

from .permissions import A


def desk_links(request: HttpRequest) -> list[slots.Link]:
    actor = getattr(request, "actor", None)
    if actor is None or not may_anywhere(actor, A.API_KEYS):
        return []
    url = reverse("openapi:keys")
    return [slots.Link(_("接口密钥"), url, icon="key", order=90, current=request.path.startswith(url))]


def foot_links(_request: HttpRequest) -> list[slots.Link]:
    return [slots.Link(_("开放接口"), reverse("openapi:interface"), order=80)]


slots.fill("nav.desk", desk_links)
slots.fill("foot.links", foot_links)
