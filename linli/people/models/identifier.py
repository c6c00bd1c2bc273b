"""How an account is reached and found: phone numbers and e-mail addresses."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.common.ids import uuid7
from linli.common.sealed import BlindIndexField, SealedField, digests

from .person import Person

CONTACT = "contact"  # the index domain shared by all phone numbers and addresses, so that rolls can be matched


class IdentifierQuerySet(models.QuerySet["Identifier"]):
    def current(self) -> "IdentifierQuerySet":
        """Those not given up or lost."""
        return self.filter(retired_at=None)

    def of_value(self, value: str) -> "IdentifierQuerySet":
        """By exact, normalised value."""
        return self.filter(value_index__in=digests(CONTACT, value))


class Identifier(models.Model):
    """A verified number or address belongs to one account at a time; a lost one is retired, never deleted."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("手机")
        EMAIL = "email", _("电子邮箱")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=8, choices=Kind)
    value = SealedField()
    value_index = BlindIndexField(of="value", domain=CONTACT)
    verified_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    retired_why = models.CharField(max_length=40, blank=True)

    objects = IdentifierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["value_index"],
                condition=models.Q(retired_at=None) & ~models.Q(verified_at=None),
                name="identifier_one_owner",
            )
        ]
        indexes = [models.Index(fields=["value_index"], name="identifier_index")]
