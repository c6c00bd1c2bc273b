"""The desk of synonyms in the staff's navigation."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.common import slots
from linli.people.api import may_anywhere, register_audit_words

from .permissions import P


def desk_links(request: HttpRequest) -> list[slots.Link]:
    actor = getattr(request, "actor", None)
    if actor is None or actor.acting is None or not may_anywhere(actor, P.SYNONYMS_EDIT):
        return []
    url = reverse("search:synonyms")
    return [slots.Link(_("同义词"), url, icon="search", order=85, current=request.path == url)]


register_audit_words({"search.synonyms": gettext_lazy("改了搜索的同义词")})
slots.fill("nav.desk", desk_links)
