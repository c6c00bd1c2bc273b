"""Signing in without allauth's stages: the demo's buttons."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from .models import Person


def sign_in_without_stages(request: HttpRequest, person: Person) -> HttpResponse:
    """Log the person in with a new session and go where he wanted to go."""
    to = get_next_redirect_url(request) or resolve_url(settings.LOGIN_REDIRECT_URL)
    request.session.flush()
    record_authentication(request, person, method="demo", reauthenticated=True)
    get_adapter(request).login(request, person)
    return redirect(to)
