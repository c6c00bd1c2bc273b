"""At the counter: the papers that people show to one's own office, each look written down."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from linli.common import clock
from linli.people.api import needs

from ..actions.papers import note_look
from ..paper_rules import Validity
from ..permissions import V, may_look
from ..queries import papers as read
from .doors import actor_of
from .papers import TONES

PAGE = 50


@require_safe
@needs(V.PAPER_SEE)
def shown(request: HttpRequest) -> HttpResponse:
    rows = Paginator(read.shown_to(actor_of(request), clock.now()), PAGE).get_page(request.GET.get("page"))
    return render(request, "services/desk/papers.html", {"shares": rows.object_list, "page": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(V.PAPER_SEE)
def look(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The paper; the whole number only when asked for, which its owner reads."""
    now, actor = clock.now(), actor_of(request)
    share = read.shown_to(actor, now).filter(pk=pk).first()
    if share is None or not may_look(actor, share, now):
        raise Http404
    code = ""
    if request.method == "POST" and share.version.code:
        note_look(share=share, by=actor, what="number", now=now)
        code = share.version.code
    stands = share.version.stands_on(clock.local_date(now))
    tone, icon = TONES[Validity(stands)]
    context = {
        "share": share, "version": share.version, "paper": share.version.paper, "files": read.files_of(share.version),
        "code": code, "stands": stands.label, "tone": tone, "icon": icon,
    }  # fmt: skip
    return render(request, "services/desk/paper.html", context)
