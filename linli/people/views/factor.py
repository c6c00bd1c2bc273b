"""Allauth's pages of the second factor, where they need more than our words."""

from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from ..adapters import ERRORS, MFAAdapter


class RemovePasskey(RemoveWebAuthnView):
    """Staff keep at least one factor."""

    def form_valid(self, form: object) -> HttpResponse:
        if not MFAAdapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, str(ERRORS["cannot_delete_authenticator"]))
            return redirect("mfa_list_webauthn")
        answer: HttpResponse = super().form_valid(form)
        return answer
