"""As whom one acts: oneself, in one of one's posts, or for another person."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.common import clock
from linli.design.views import safe_path

from ..access import signed_in
from ..actions.mandates import begin_acting, end_acting
from ..middleware import ACTING_FOR, ACTING_POST
from ..queries.mandates import held, right_to_act
from .mandates import card

SELF = "self"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def acting(request: HttpRequest) -> HttpResponse:
    """See and choose. What one was before ends with the choice, and the answer says what one is now."""
    if request.method == "POST":
        kind, _colon, key = request.POST.get("as", SELF).partition(":")
        choose = {SELF: _as_self, "post": _in_post, "for": _for_other}.get(kind)
        if choose is None:
            raise Http404
        choose(request, key)
        return redirect(safe_path(request.POST.get("next") or "/"))
    actor, today = request.actor, clock.local_date(clock.now())  # type: ignore[attr-defined]
    context = {
        "holdings": actor.holdings,
        "mandates": [card(row, row.principal) for row in held(actor.person, today)],
        "person": actor.person,
        "current": actor,
        "next": safe_path(request.GET.get("next", "/")),
    }
    return render(request, "people/mandates/acting.html", context)


def _as_self(request: HttpRequest, key: str) -> None:
    actor = request.actor  # type: ignore[attr-defined]
    end_acting(by=actor, now=clock.now())
    request.session.pop(ACTING_FOR, None)
    request.session[ACTING_POST] = SELF
    messages.success(request, _("现在以您自己的身份办事"))


def _in_post(request: HttpRequest, key: str) -> None:
    actor = request.actor  # type: ignore[attr-defined]
    holding = next((h for h in actor.holdings if str(h.id) == key), None)
    if holding is None:
        raise Http404
    end_acting(by=actor, now=clock.now())
    request.session.pop(ACTING_FOR, None)
    request.session[ACTING_POST] = key
    messages.success(request, _("现在以%(post)s的身份办事") % {"post": holding.label})


def _for_other(request: HttpRequest, key: str) -> None:
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    mandate = right_to_act(actor.person, key, clock.local_date(now))
    if mandate is None:
        raise Http404
    end_acting(by=actor, now=now)
    begin_acting(by=actor, mandate=mandate, now=now)
    request.session[ACTING_FOR] = str(mandate.pk)
    request.session[ACTING_POST] = SELF
    messages.success(request, _("现在替%(name)s办事，每一步都留两个人的名字") % {"name": mandate.principal.display_name})
