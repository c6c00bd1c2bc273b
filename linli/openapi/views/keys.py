"""The keys of programs that report, of one's own body: given, shown once, revoked."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.common import clock
from linli.common.errors import UserError
from linli.people.api import Actor, needs

from ..actions.keys import give_key, revoke_key
from ..forms import KeyForm
from ..models import ApiKey
from ..permissions import A


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@require_http_methods(["GET", "HEAD", "POST"])
@needs(A.API_KEYS)
def keys(request: HttpRequest) -> HttpResponse:
    """The body's keys; a new one is shown on the page that answers, and nowhere else."""
    actor = _actor(request)
    if actor.acting is None:
        raise Http404
    form, made = KeyForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _row, made = give_key(by=actor, now=clock.now(), **form.cleaned_data)
        except UserError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            form = KeyForm()
    rows = ApiKey.objects.filter(body=actor.acting.body_id).order_by("revoked_at", "-made_at")
    return render(request, "openapi/keys.html", {"form": form, "made": made, "rows": rows})


@require_POST
@needs(A.API_KEYS)
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = _actor(request)
    if actor.acting is None or not ApiKey.objects.filter(pk=pk, body=actor.acting.body_id).exists():
        raise Http404
    if revoke_key(key=pk, by=actor, now=clock.now()):
        messages.success(request, _("收回了，这个密钥从现在起不能再用"))
    return redirect("openapi:keys")
