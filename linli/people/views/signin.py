"""Sign-in: phone, then code; by password or card; by a one-time link. One door for old and new."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from linli.common import clock
from linli.common.errors import UserError
from linli.common.text import fold, mask_name

from ..access import public
from ..account_rules import UNSEEN, Try
from ..actions import account, signin_limits, signin_links
from ..address import client_address
from ..backends import person_of_login, person_of_phone
from ..codes import CodeGone, CodeProcess, Purpose
from ..forms.signin import NameForm, PasswordForm, PhoneForm, SignInCodeForm, blame
from ..middleware import SET_UP
from ..models import Person
from ..queries.account import personas

PROVED = "proved_number"  # session: the number whose code was right, until a name is given or the account chosen
PROVED_SECONDS = 15 * 60
page = require_http_methods(["GET", "HEAD", "POST"])


def sign_in(request: HttpRequest, person: Person, method: str, to: str | None = None) -> HttpResponse:
    """Hand over to allauth's stages (second factor), which log in with a new session key."""
    record_authentication(request, person, method=method, reauthenticated=True)
    return perform_login(request, Login(user=person, redirect_url=to or None))


def _next(request: HttpRequest) -> str:
    return get_next_redirect_url(request) or ""


def _elsewhere(request: HttpRequest) -> HttpResponse | None:
    """Who is signed in already goes on."""
    return redirect(_next(request) or resolve_url(settings.LOGIN_REDIRECT_URL)) if request.user.is_authenticated else None


@public
@never_cache
@page
def start(request: HttpRequest) -> HttpResponse:
    if there := _elsewhere(request):
        return there
    form = PhoneForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            CodeProcess.start(request, Purpose.SIGN_IN, form.cleaned_data["phone"], now=clock.now(), next=_next(request))
            return redirect("account_confirm_login_code")
        except UserError as error:
            form.add_error("phone", str(error))
    context = {"form": form, "next": _next(request), "personas": personas() if settings.LINLI_DEMO else []}
    return render(request, "people/account/sign_in.html", context)


@public
@never_cache
@page
def code(request: HttpRequest) -> HttpResponse:
    process = CodeProcess.resume(request, Purpose.SIGN_IN)
    if request.user.is_authenticated or process is None:
        return _elsewhere(request) or redirect("account_login")
    if "again" in request.POST:
        return _again(request, process)
    hint = _("已发到 %(to)s，5 分钟内有效。") % {"to": process.masked}
    form = SignInCodeForm(request.POST if request.method == "POST" else None, hint=hint)
    if request.method == "POST" and form.is_valid():
        try:
            process.check(form.cleaned_data["code"], now=clock.now())
            return _proved(request, process, not_mine=form.cleaned_data["not_mine"])
        except CodeGone as error:
            return _begin_again(request, error, process)
        except UserError as error:
            blame(form, error)
    return render(request, "people/account/code.html", {"form": form, "process": process})


def _again(request: HttpRequest, process: CodeProcess) -> HttpResponse:
    """A new code to the same number."""
    try:
        CodeProcess.start(request, Purpose.SIGN_IN, process.to, now=clock.now(), next=process.state.get("next", ""))
        return redirect("account_confirm_login_code")
    except UserError as error:
        form = SignInCodeForm({}, hint=str(_("已发到 %(to)s，5 分钟内有效。") % {"to": process.masked}))
        form.is_valid()
        form.errors.clear()
        form.add_error(None, str(error))
        return render(request, "people/account/code.html", {"form": form, "process": process})


def _begin_again(request: HttpRequest, error: UserError, process: CodeProcess) -> HttpResponse:
    form = PhoneForm({"phone": process.to.removeprefix("+86")})
    form.is_valid()
    form.add_error("phone", str(error))
    context = {"form": form, "next": process.state.get("next", ""), "personas": []}
    return render(request, "people/account/sign_in.html", context)


def _proved(request: HttpRequest, process: CodeProcess, *, not_mine: bool) -> HttpResponse:
    """Only now is it looked up whether the number has an account."""
    now, to = clock.now(), process.state.get("next", "")
    person = person_of_phone(process.to)
    request.session[PROVED] = {"phone": process.to, "at": now.timestamp(), "next": to}
    if person is None:
        return redirect("account_signup")
    if not_mine or now - (person.last_login or person.created_at) > UNSEEN:
        return redirect("account_whose")
    del request.session[PROVED]
    return sign_in(request, person, "code", to)


def _number_proved(request: HttpRequest) -> dict[str, Any] | None:
    proved = request.session.get(PROVED)
    if not proved or not 0 <= clock.now().timestamp() - proved["at"] <= PROVED_SECONDS:
        request.session.pop(PROVED, None)
        return None
    return proved


@public
@never_cache
@page
def whose(request: HttpRequest) -> HttpResponse:
    """The number is proved; is the account behind it this person's, or the former holder's of a recycled number?"""
    proved = _number_proved(request)
    person = person_of_phone(proved["phone"]) if proved else None
    if request.user.is_authenticated or proved is None or person is None:
        return _elsewhere(request) or redirect("account_login")
    if request.POST.get("mine") == "yes":
        del request.session[PROVED]
        return sign_in(request, person, "code", proved["next"])
    if request.POST.get("mine") == "no":
        account.disown_number(phone=proved["phone"], now=clock.now())
        return redirect("account_signup")
    context = {"name": mask_name(person.display_name), "since": person.created_at}
    return render(request, "people/account/whose.html", context)


@public
@never_cache
@page
def signup(request: HttpRequest) -> HttpResponse:
    """The number is proved and has no account: a name, and the question of age."""
    proved = _number_proved(request)
    if request.user.is_authenticated or proved is None:
        return _elsewhere(request) or redirect("account_login")
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["age"] == "no":
            del request.session[PROVED]
            return render(request, "people/account/under_14.html")
        try:
            language = get_language() or "zh-hans"
            person = account.sign_up(
                phone=proved["phone"], name=form.cleaned_data["name"], language=language, now=clock.now()
            )
            del request.session[PROVED]
            return sign_in(request, person, "code", proved["next"])
        except UserError as error:
            blame(form, error)
    return render(request, "people/account/sign_up.html", {"form": form})


@public
@never_cache
@sensitive_post_parameters("password")
@page
def password(request: HttpRequest) -> HttpResponse:
    if there := _elsewhere(request):
        return there
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            person = check_password(request, form.cleaned_data["login"], form.cleaned_data["password"])
            return sign_in(request, person, "password", _next(request))
        except UserError as error:
            form.add_error(None, str(error))
    return render(request, "people/account/password_sign_in.html", {"form": form, "next": _next(request)})


def check_password(request: HttpRequest, login: str, typed: str) -> Person:
    """Whose login and password these are. Counts a wrong one. Raises UserError, the same for every cause."""
    now = clock.now()
    known = person_of_login(login)
    key = str(known.pk) if known else fold(login)
    signin_limits.refuse_if_full(kind=Try.PASSWORD_FROM, key=client_address(request), now=now)
    row = signin_limits.count_try(kind=Try.PASSWORD, key=key, now=now)
    person = authenticate(request, login=login, password=typed)
    if not isinstance(person, Person):
        signin_limits.count_try(kind=Try.PASSWORD_FROM, key=client_address(request), now=now)
        raise UserError(_("号码或密码不对。今天输错 5 次后要等明天，也可以改用验证码登录"))
    row.delete()
    return person


@public
@never_cache
@page
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the address shows a button; pressing it spends the link, so that a preview cannot."""
    now = clock.now()
    if request.method != "POST":
        good = signin_links.find_link(token=token, now=now) is not None
        return render(request, "people/account/link.html", {"good": good}, status=200 if good else 410)
    try:
        person = signin_links.use_link(token=token, now=now)
    except UserError:
        return render(request, "people/account/link.html", {"good": False}, status=410)
    request.session.flush()
    request.session[SET_UP] = str(person.pk)
    return sign_in(request, person, "link", reverse("people:set_up"))
