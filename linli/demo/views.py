"""Being anybody of the demo at one press of a button; in a real instance there is no such address."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from linli.people.api import Person, public, sign_in_without_stages


@public
@never_cache
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the persona named; 404 outside of demo mode."""
    key = request.POST.get("persona", "")
    person = Person.objects.living().filter(demo_key=key).first() if settings.LINLI_DEMO and key else None
    if person is None:
        raise Http404
    answer: Any = sign_in_without_stages(request, person)
    return answer
