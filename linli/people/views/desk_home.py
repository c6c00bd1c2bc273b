"""The first page of every desk: what waits for the post that acts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from linli.common import clock, slots

from ..access import signed_in
from ..permissions import P
from ..queries import audit as log


@require_safe
@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """Counts come from the desks' own navigation (`nav.desk`), more from the slot `desk.boxes` (Boxes)."""
    actor = request.actor
    if actor.needs_factor:
        return redirect("people:second_factor")
    if actor.acting is None:
        if actor.holdings:
            return redirect("people:acting")
        raise Http404
    links = [link for link in slots.entries("nav.desk", request) if link.url != request.path]
    now = clock.now()
    context = {
        "acting": actor.acting, "others": [h for h in actor.holdings if h.id != actor.acting.id],
        "waiting": [link for link in links if link.count], "links": [link for link in links if not link.count],
        "boxes": slots.entries("desk.boxes", request), "deeds": log.own_deeds(actor, 6),
        "flags": log.flags(actor, now) if actor.paths_for(P.AUDIT_READ) else [],
    }  # fmt: skip
    return render(request, "people/people_desk/home.html", context)
