"""Sign-in under `account/`, with the names that allauth's own code asks for. Of allauth's views only those named here exist."""

from __future__ import annotations

from functools import wraps
from typing import Any

from allauth.account import views as allauth
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_safe

from ..access import public, signed_in
from ..fresh import fresh
from ..views import account_security, factor, signin

_verbs = require_http_methods(["GET", "HEAD", "POST"])


def _open(view: Any) -> Any:
    return public(_verbs(view))


def _own(view: Any) -> Any:
    return signed_in(_verbs(view))


def _guarded(view: Any) -> Any:
    return signed_in(_verbs(fresh(view)))


def _own_key(view: Any) -> Any:
    """A passkey of somebody else does not exist, whether or not one proved himself a moment ago."""
    guarded = fresh(view)

    @wraps(view)
    def owned(request: HttpRequest, pk: int) -> HttpResponse:
        get_object_or_404(Authenticator, pk=pk, user=request.user.pk, type=Authenticator.Type.WEBAUTHN)
        return guarded(request, pk=pk)

    return signed_in(_verbs(owned))


urlpatterns: list[URLPattern] = [
    path("login/", signin.start, name="account_login"),
    path("login/code/", signin.code, name="account_confirm_login_code"),
    path("login/whose/", signin.whose, name="account_whose"),
    path("login/password/", signin.password, name="account_login_password"),
    path("signup/", signin.signup, name="account_signup"),
    path("link/<str:token>/", signin.link, name="account_link"),
    path("logout/", _open(allauth.logout), name="account_logout"),
    path("inactive/", _open(allauth.account_inactive), name="account_inactive"),
    path("password/", account_security.password, name="account_change_password"),
    path("reauthenticate/", _own(allauth.reauthenticate), name="account_reauthenticate"),
    path("reauthenticate/code/", account_security.reauthenticate_code, name="account_reauthenticate_code"),
    path("2fa/", account_security.factors, name="mfa_index"),
    path("2fa/authenticate/", _open(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", _own(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", _guarded(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", _guarded(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", signed_in(require_safe(fresh(recovery.view_recovery_codes))), name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", _guarded(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("2fa/passkeys/", _own(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("2fa/passkeys/add/", _guarded(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/passkeys/login/", _open(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("2fa/passkeys/reauthenticate/", _own(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("2fa/passkeys/<int:pk>/remove/", _own_key(factor.RemovePasskey.as_view()), name="mfa_remove_webauthn"),
    path("2fa/passkeys/<int:pk>/edit/", _own_key(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
]
