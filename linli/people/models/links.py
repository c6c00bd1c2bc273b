"""Ways to sign in without a phone: a one-time link, and the printed card. Only hashes are stored."""

from django.db import models

from linli.common.ids import uuid7

from .person import Person


class SigninLink(models.Model):
    """A link that signs a person in once, until it expires; made at the console or by staff in person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Card(models.Model):
    """A printed card: its number is the person's code, its secret is his first password. One card counts at a time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="cards")
    printed_at = models.DateTimeField()
    printed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True)
