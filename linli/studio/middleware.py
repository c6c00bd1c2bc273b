"""Everything below `/studio/` passes here: who may come in, as whom, to which room, under which content policy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.csp import CSP

from linli.people.api import Actor
from linli.sites.api import S, group_of

from .editor import gate
from .models import Editor
from .permissions import T

# Wagtail's own scripts and styles, from here alone; styles also inline, which its text editor sets on elements.
POLICY = settings.SECURE_CSP | {
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "frame-src": [CSP.SELF],
    "object-src": [CSP.NONE],
}
FRAMED = settings.SECURE_CSP | {"frame-ancestors": [CSP.SELF]}


class StudioMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(gate.PREFIX):
            return self.get_response(request)
        away = gate.turned_away(request)
        if away is not None:
            add_never_cache_headers(away)
            return away
        from .editor import wake

        wake()
        request.urlconf = gate.URLS  # type: ignore[attr-defined]
        request.user = editor_of(request.actor)  # type: ignore[attr-defined,assignment]
        response = self.get_response(request)
        match = request.resolver_match
        framed = match is not None and match.view_name in gate.FRAMED
        response._csp_config = FRAMED if framed else POLICY  # type: ignore[attr-defined]
        if framed:  # a preview went through all layers once, as a page of its own
            response.headers.pop("Content-Security-Policy", None)
        response["X-Frame-Options"] = "SAMEORIGIN" if framed else "DENY"
        response["X-Robots-Tag"] = "noindex"
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        match = request.resolver_match
        inside = request.path_info.startswith(gate.PREFIX)
        if inside and (match is None or match.view_name not in gate.OPEN):
            raise Http404


def editor_of(actor: Actor) -> Editor:
    """The person at the editor, with what his acting post lets him do."""
    assert actor.person is not None
    return Editor.of(actor.person, actor.paths_for(S.SITE_EDIT), actor.paths_for(T.PAGE_CHECK), group_of(actor, S.SITE_EDIT))
