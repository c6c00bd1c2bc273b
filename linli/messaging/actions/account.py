"""What goes when an account is closed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ..models import Box, Delivery, Digest, Message, Preference
from ..rules import Level


@transaction.atomic
def forget_reader(*, person: UUID, now: datetime) -> None:
    """The inbox, the wishes and the digests of a closed account go; a row a channel stays, so that figures add up.

    A message that only he ever got loses its words.
    """
    Preference.objects.filter(person=person).delete()
    Delivery.objects.filter(person=person, level=Level.QUEUED).update(level=Level.NO_ADDRESS, period="")
    Delivery.objects.filter(person=person).update(digest=None, outgoing=None)
    Digest.objects.filter(person=person).delete()
    Box.objects.filter(person=person).delete()
    own = Message.objects.filter(audience=1, deliveries__person=person).distinct().values_list("pk", flat=True)
    Message.objects.filter(pk__in=list(own)).update(title="", text="")
