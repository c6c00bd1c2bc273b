"""How I want to be told; and the way out of the mail for whoever holds its link."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from linli.people.access import public, signed_in

from .. import addresses
from ..actions import wishes
from ..forms.settings import SettingsForm
from ..rules import Channel, Mode
from .inbox import me

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@signed_in
def preferences(request: HttpRequest) -> HttpResponse:
    person = me(request)
    form = SettingsForm(request.POST if request.method == "POST" else None, wishes=wishes.wishes_of(person.pk))
    if request.method == "POST" and form.is_valid():
        wishes.set_wishes(person=person.pk, wishes=form.wishes())
        messages.success(request, _("改好了"))
        return redirect("messaging:inbox")
    return render(request, "messaging/settings.html", {"form": form})


@csrf_exempt  # a mail program presses the button for its owner (RFC 8058); the link itself is the proof
@page
@public
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ends the mail of one group. Says nothing of who reads it; what the link does is the same the second time."""
    found = addresses.read_token(token)
    if found is None:
        return render(request, "messaging/unsubscribe.html", {"group": None}, status=410)
    person, group = found
    done = request.method == "POST"
    if done:
        wishes.set_mode(person=person, group=group, channel=Channel.EMAIL, mode=Mode.OFF)
    response = render(request, "messaging/unsubscribe.html", {"group": group.label, "done": done})
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
