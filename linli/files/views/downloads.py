"""Downloads: each is asked of the owner's app. What one may not see and what is not there are the same 404."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from linli.common import clock
from linli.people.access import public

from .. import storage
from ..answers import answer
from ..models import File
from ..owners import owner_kind


@require_safe
@public
def download(request: HttpRequest, pk: UUID, size: str) -> HttpResponse:
    """One size of a file, for whom its owner's app lets."""
    file = File.objects.filter(pk=pk).first()
    kind = owner_kind(file.owner_kind) if file else None
    actor = request.actor  # type: ignore[attr-defined]
    if file is None or kind is None or size not in file.sizes or not kind.sees(actor, file.owner_id):
        raise Http404
    if not storage.exists(file.path_of(size)):
        raise Http404
    if request.method == "GET":
        kind.looked(actor, file.owner_id, size, clock.now())
    return answer(request, file, size, public=kind.public)
