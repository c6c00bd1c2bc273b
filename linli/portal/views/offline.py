"""What lets a device open the directory without a network: the service worker and the manifest."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.people.api import public

WORKER = Path(__file__).parent.parent / "static" / "portal" / "sw.js"


@cache
def _worker() -> bytes:
    return WORKER.read_bytes()


@require_safe
@public
def worker(request: HttpRequest) -> HttpResponse:
    """At the root, so that it stands before every page; browsers ask anew whether it has changed."""
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@require_safe
@public
def manifest(request: HttpRequest) -> HttpResponse:
    """The directory as an icon on a phone."""
    name = settings.LINLI_INSTANCE.name or str(_("邻里"))
    icon = {"src": static("design/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}
    content = {
        "name": f"{name} {_('找电话')}", "short_name": str(_("找电话")), "start_url": reverse("portal:phones"), "scope": "/",
        "display": "minimal-ui", "lang": "zh-Hans", "background_color": "#f2f4f0", "theme_color": "#094a84", "icons": [icon],
    }  # fmt: skip
    return JsonResponse(content, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
