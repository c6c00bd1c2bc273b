"""Two doors: remember a display mode, and the living gallery."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.common.pagecache import cached
from linli.design import gallery as showroom
from linli.design import modes


def safe_path(wanted: str) -> str:
    """The wanted address if it is a plain path on this site, else the home page."""
    plain = (
        wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    )
    return wanted if plain and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/"


@require_safe
@never_cache
def set_modes(request: HttpRequest) -> HttpResponse:
    """Remember the choices named in the query and go back. Display choices change nothing else, so GET is fine."""
    response = HttpResponseRedirect(safe_path(request.GET.get("next", "/")))
    for key in (*modes.CHOICES, "lang"):
        if key in request.GET:
            modes.write(response, key, request.GET[key])
    return response


@require_safe
@cached(tags=())
def gallery(request: HttpRequest, page: str = "index") -> HttpResponse:
    """Every component in every state."""
    if page not in showroom.PAGES:
        raise Http404
    return render(request, "design/gallery/page.html", showroom.context(page, request))
