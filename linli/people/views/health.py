"""The operator's page: what `linli doctor` says, without what takes long."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.common import clock, doctor

from ..access import needs
from ..permissions import P


@require_safe
@needs(P.HEALTH_SEE)
def health(request: HttpRequest) -> HttpResponse:
    lines = doctor.examine(clock.now(), page=True)
    context = {
        "bad": [line for line in lines if line.level == doctor.Level.WRONG],
        "soon": [line for line in lines if line.level == doctor.Level.SOON],
        "well": [line for line in lines if line.level == doctor.Level.WELL],
    }
    return render(request, "people/health/desk.html", context)
