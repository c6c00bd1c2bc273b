"""Photos that prove a residency claim: added by whom it belongs to, looked at by those who decide it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.people.access import needs, signed_in
from linli.people.api import Actor, P, Residency, ResidencyState, place_name

from ..actions.proofs import add_proof, remove_proof
from ..forms import ProofForm
from ..models import File
from ..proof_owner import KIND, claim_of, decides, is_own, proofs_of
from ..rules import PROOF_DAYS, PROOFS


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def own_claim(request: HttpRequest, pk: UUID | str) -> Residency:
    """One's own claim, or 404."""
    row = claim_of(str(pk))
    if row is None or not is_own(_actor(request), row):
        raise Http404
    return row


def shots(
    files: list[File], size: str = "small", url: Callable[[File], str] | None = None
) -> list[dict[str, Any]]:
    """Files as the design's pictures; `url` says what a click opens."""
    return [
        {
            "file": file, "src": reverse("files:download", args=[file.pk, size]), "alt": file.alt, "caption": file.alt,
            "width": file.sizes[size][1], "height": file.sizes[size][2], "url": url(file) if url else "",
        }
        for file in files
    ]  # fmt: skip


def at_desk(file: File) -> str:
    return reverse("files:proof", args=[file.pk])


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def photos(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One photo at a time, with its words; the page works from a phone without scripts."""
    row = own_claim(request, pk)
    waits = row.state == ResidencyState.CLAIMED
    form = ProofForm(request.POST, request.FILES) if request.method == "POST" else ProofForm()
    if request.method == "POST" and form.is_valid():
        try:
            add_proof(by=_actor(request), residency_id=row.pk, now=clock.now(), **form.cleaned_data)
        except NotAllowed:
            raise Http404 from None
        except UserError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("加上了，核实的人看得到"))
            return redirect("files:proofs", pk)
    there = proofs_of(row)
    context = {
        "row": row, "place": place_name(row.area), "shots": shots(there), "form": form, "left": PROOFS - len(there),
        "most": PROOFS, "waits": waits, "days": PROOF_DAYS, "until": there[0].until if there else None,
    }  # fmt: skip
    return render(request, "files/proofs.html", context)


@require_POST
@signed_in
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    file = File.objects.filter(pk=pk, owner_kind=KIND).first()
    if file is None:
        raise Http404
    row = own_claim(request, file.owner_id)
    try:
        remove_proof(by=_actor(request), file=file, now=clock.now())
    except UserError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("删掉了"))
    return redirect("files:proofs", row.pk)


@require_safe
@needs(P.CLAIMS_DECIDE)
def look(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One photo large, beside the facts of its claim. The download itself writes the look down."""
    file = File.objects.filter(pk=pk, owner_kind=KIND).first()
    row = claim_of(file.owner_id) if file else None
    if file is None or row is None or not decides(_actor(request), row):
        raise Http404
    there = proofs_of(row)
    at = [one.pk for one in there].index(file.pk)
    context = {
        "row": row, "place": place_name(row.area), "shot": shots([file], "large")[0], "number": at + 1, "total": len(there),
        "before": there[at - 1] if at else None, "after": there[at + 1] if at + 1 < len(there) else None, "file": file,
    }  # fmt: skip
    return render(request, "files/proof.html", context)
