"""My account: password, second factor, sessions, and proving again who is there."""

from __future__ import annotations

import hashlib

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from linli.common import clock
from linli.common.errors import UserError
from linli.common.sessions import end_sessions
from linli.common.text import mask_email, mask_phone

from ..access import signed_in
from ..actions import account
from ..codes import CodeGone, CodeProcess, Purpose
from ..forms.account import NewPasswordForm
from ..forms.signin import CodeForm, blame
from ..fresh import fresh
from ..middleware import SET_UP
from ..models import Identifier, Person
from ..policy import load_holdings
from ..queries.account import other_sessions
from .account import me, own_actor, page


@signed_in
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    person, now = me(request), clock.now()
    factors = list(Authenticator.objects.filter(user=person))
    session = hashlib.sha256((request.session.session_key or "").encode()).hexdigest()
    context = {
        "has_password": person.has_usable_password(),
        "passkeys": sum(f.type == Authenticator.Type.WEBAUTHN for f in factors),
        "has_totp": any(f.type == Authenticator.Type.TOTP for f in factors),
        "others": other_sessions(person, session, now),
    }
    return render(request, "people/account/security.html", context)


@signed_in
@page
@fresh
@sensitive_post_parameters("password")
def password(request: HttpRequest) -> HttpResponse:
    """Set or change the password; every other session ends."""
    person = me(request)
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            account.set_password(person=person, password=form.cleaned_data["password"], by=own_actor(request), now=clock.now())
            update_session_auth_hash(request, person)
            messages.success(request, _("密码设好了，别处的登录已退出"))
            return redirect("people:set_up" if SET_UP in request.session else "people:account_security")
        except UserError as error:
            blame(form, error)
    return render(request, "people/account/password.html", {"form": form, "first": not person.has_usable_password()})


@signed_in
@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    count = end_sessions(me(request).pk, but=request.session.session_key)
    messages.success(request, _("已在 %(n)d 处退出登录") % {"n": count})
    return redirect("people:account_security")


@signed_in
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why staff need a second factor, and the ways to set one up."""
    person = me(request)
    types = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    context = {"types": types, "must": request.actor.needs_factor, "has_password": person.has_usable_password()}  # type: ignore[attr-defined]
    return render(request, "people/account/second_factor.html", context)


@signed_in
@require_safe
def factors(request: HttpRequest) -> HttpResponse:
    """Where allauth sends people when it is done with a factor: back to first steps, or to all of it."""
    return redirect("people:set_up" if SET_UP in request.session else "people:account_security")


def steps_left(person: Person) -> list[str]:
    """What a person who came by a one-time link still has to set up."""
    steps = [] if person.has_usable_password() else ["password"]
    has_factor = Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
    staff = settings.LINLI_STAFF_SECOND_FACTOR and load_holdings(person, clock.local_date(clock.now()))
    return [*steps, "factor"] if staff and not has_factor else steps


@signed_in
@require_safe
def set_up(request: HttpRequest) -> HttpResponse:
    """First steps after a one-time link; nothing else opens before they are done."""
    left = steps_left(me(request))
    if not left:
        if request.session.pop(SET_UP, None):
            messages.success(request, _("都设好了。以后用手机号加密码，或短信验证码登录"))
        return redirect("people:account")
    return render(request, "people/account/set_up.html", {"left": left})


@signed_in
@page
def reauthenticate_code(request: HttpRequest) -> HttpResponse:
    """Prove again who is there by a code to one's own number."""
    person, process = me(request), CodeProcess.resume(request, Purpose.REAUTHENTICATE)
    row = person.identifiers.current().exclude(verified_at=None).order_by("-kind", "-verified_at").first()
    if row is None:
        raise Http404
    form = CodeForm(None)
    if request.method == "POST" and "code" not in request.POST:
        form = _send_code(request, row, form)
    elif request.method == "POST" and process and process.state["person"] == str(person.pk):
        form = CodeForm(request.POST)
        if form.is_valid() and (answer := _check_code(request, process, form)):
            return answer
    process = CodeProcess.resume(request, Purpose.REAUTHENTICATE)
    context = {"form": form, "process": process, "to": masked(row), "next": get_next_redirect_url(request) or ""}
    return render(request, "people/account/reauthenticate_code.html", context)


def masked(row: Identifier) -> str:
    return mask_email(row.value) if row.kind == Identifier.Kind.EMAIL else mask_phone(row.value)


def _send_code(request: HttpRequest, row: Identifier, form: CodeForm) -> CodeForm:
    try:
        CodeProcess.start(request, Purpose.REAUTHENTICATE, row.value, now=clock.now(), person=str(row.person_id))
    except UserError as error:
        messages.error(request, str(error))
    return form


def _check_code(request: HttpRequest, process: CodeProcess, form: CodeForm) -> HttpResponse | None:
    try:
        process.check(form.cleaned_data["code"], now=clock.now())
    except CodeGone as error:
        messages.error(request, str(error))
        return None
    except UserError as error:
        blame(form, error)
        return None
    record_authentication(request, request.user, method="code", reauthenticated=True)  # type: ignore[arg-type]
    answer: HttpResponse | None = resume_request(request)
    return answer or redirect("people:account_security")
