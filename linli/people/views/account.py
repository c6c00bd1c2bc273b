"""My account: what there is, my name, my numbers and addresses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.common import clock, slots
from linli.common.errors import UserError

from ..access import signed_in
from ..actions import account
from ..codes import CodeGone, CodeProcess, Purpose
from ..forms.account import ContactForm, ProfileForm
from ..forms.signin import CodeForm, blame
from ..fresh import fresh
from ..models import Identifier, Person
from ..queries.account import overview, own_deeds

page = require_http_methods(["GET", "HEAD", "POST"])


def me(request: HttpRequest) -> Person:
    person = request.actor.person  # type: ignore[attr-defined]
    assert isinstance(person, Person)
    return person


def own_actor(request: HttpRequest) -> Any:
    """One's own account is never changed in another's name: mandates do not count here."""
    return request.actor  # type: ignore[attr-defined]


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    person = me(request)
    context = {
        "person": person,
        "facts": overview(person, clock.local_date(clock.now())),
        "contacts": person.identifiers.current().order_by("kind", "verified_at"),
        "deeds": own_deeds(person, 5),
        "boxes": slots.entries("account.sections", request),
        "needs_factor": request.actor.needs_factor,  # type: ignore[attr-defined]
    }
    return render(request, "people/account/home.html", context)


@signed_in
@page
def profile(request: HttpRequest) -> HttpResponse:
    person = me(request)
    form = ProfileForm(request.POST if request.method == "POST" else None, initial={"name": person.display_name, "language": person.language})
    if request.method == "POST" and form.is_valid():
        try:
            account.change_name(person=person, by=own_actor(request), now=clock.now(), **form.cleaned_data)
            messages.success(request, _("改好了"))
            return redirect("people:account")
        except UserError as error:
            blame(form, error)
    return render(request, "people/account/profile.html", {"form": form})


@signed_in
@page
@fresh
def contact(request: HttpRequest) -> HttpResponse:
    """Numbers and addresses; a new one is proved by a code before it counts."""
    person = me(request)
    form = ContactForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _kind, value = account.normalise_contact(form.cleaned_data["to"])
            CodeProcess.start(request, Purpose.NEW_CONTACT, value, now=clock.now(), person=str(person.pk))
            return redirect("people:account_contact_code")
        except UserError as error:
            form.add_error("to", str(error))
    contacts = person.identifiers.current().order_by("kind", "verified_at")
    return render(request, "people/account/contact.html", {"form": form, "contacts": contacts})


def code_step(
    request: HttpRequest, purpose: Purpose, *, back: str, template: str, finish: Callable[[Person, CodeProcess], HttpResponse]
) -> HttpResponse:
    """Ask for the code that was sent to a number, and go on with `finish`; without one, or when it is void, go back."""
    person, process = me(request), CodeProcess.resume(request, purpose)
    if process is None or process.state["person"] != str(person.pk):
        return redirect(back)
    form = CodeForm(request.POST if request.method == "POST" else None, hint=_("已发到 %(to)s，5 分钟内有效。") % {"to": process.masked})
    if request.method == "POST" and form.is_valid():
        try:
            process.check(form.cleaned_data["code"], now=clock.now())
            return finish(person, process)
        except CodeGone as error:
            messages.error(request, str(error))
            return redirect(back)
        except UserError as error:
            blame(form, error)
    return render(request, template, {"form": form})


@signed_in
@page
@fresh
def contact_code(request: HttpRequest) -> HttpResponse:
    def change(person: Person, process: CodeProcess) -> HttpResponse:
        account.change_contact(
            person=person, value=process.to, by=own_actor(request), now=clock.now(), keep_session=request.session.session_key
        )
        messages.success(request, _("换好了，以后用 %(to)s") % {"to": process.masked})
        return redirect("people:account")

    return code_step(
        request, Purpose.NEW_CONTACT, back="people:account_contact", template="people/account/contact_code.html", finish=change
    )


@signed_in
@require_POST
def contact_remove(request: HttpRequest, key: UUID) -> HttpResponse:
    """What is not mine does not exist, whether or not I proved myself a moment ago."""
    row = get_object_or_404(Identifier.objects.current(), pk=key, person=me(request))
    return _remove(request, row)


@fresh
def _remove(request: HttpRequest, row: Identifier) -> HttpResponse:
    try:
        account.remove_contact(
            person=me(request), row=row, by=own_actor(request), now=clock.now(), keep_session=request.session.session_key
        )
        messages.success(request, _("删掉了"))
    except UserError as error:
        messages.error(request, str(error))
    return redirect("people:account_contact")
