"""The real routes and one more: an upload, kept by the one mechanism for files."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_http_methods

from linli.common import clock
from linli.config.urls import handler500, urlpatterns
from linli.files.api import Type, register_owner, store_upload
from linli.people.api import signed_in

__all__ = ["handler500", "urlpatterns"]
OWNER = "faults.upload"


def _living(keys: Iterable[str]) -> set[str]:
    return set(keys)


register_owner(OWNER, sees=lambda actor, owner: True, living=_living, accepts=[Type.PICTURE], most=10**9)


@signed_in
@require_http_methods(["POST"])
def upload(request: HttpRequest) -> HttpResponse:
    once = request.POST["once"]
    file = store_upload(
        request.FILES["file"], owner=(OWNER, once), by=request.actor, purpose="faults", now=clock.now(), once=once  # type: ignore[attr-defined]
    )  # fmt: skip
    return HttpResponse(str(file.pk), content_type="text/plain")


urlpatterns = [path("faults/upload/", upload), *urlpatterns]
