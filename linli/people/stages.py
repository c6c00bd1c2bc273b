"""When a sign-in asks for a second factor."""

from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from linli.common import clock

from .models import Post


class SecondFactorStage(AuthenticateStage):
    """Whoever has an authenticator app is asked for it; a passkey alone is a second factor for staff only.

    To a resident a passkey is one more door: who stands before another device comes in by phone and code.
    """

    def _should_handle(self, request: HttpRequest) -> bool:
        if not super()._should_handle(request):
            return False
        user = self.login.user
        if Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists():
            return True
        return Post.objects.filter(person=user.pk).held_on(clock.local_date(clock.now())).exists()
