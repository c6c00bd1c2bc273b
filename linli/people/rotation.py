"""Secrets of second factors lie in allauth's table; a rotation of keys seals them anew."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction

from linli.common import rotate

SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


@rotate.also
@transaction.atomic
def reseal_factors() -> int:
    rows = list(Authenticator.objects.select_for_update().filter(type__in=SECRETS))
    for row in rows:
        name = SECRETS[Authenticator.Type(row.type)]
        row.data[name] = encrypt(decrypt(row.data[name]))
        row.save(update_fields=["data"])
    return len(rows)
