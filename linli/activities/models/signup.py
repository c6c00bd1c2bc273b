"""Who comes to an event."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.common.ids import digits_code, uuid7
from linli.common.sealed import SealedField
from linli.people.api import Person

from ..rules import MOST_COMPANIONS, How, SignupState
from .event import Event


class SignupQuerySet(models.QuerySet["Signup"]):
    def going(self) -> SignupQuerySet:
        return self.filter(state=SignupState.GOING)

    def waiting(self) -> SignupQuerySet:
        """In the order in which they came."""
        return self.filter(state=SignupState.WAITING).order_by("at", "pk")

    def there(self) -> SignupQuerySet:
        """Going or waiting."""
        return self.exclude(state=SignupState.GONE)


class Signup(models.Model):
    """One row a person and event. `at`: when he got into line; `code`: on his ticket; `consent`: what he said at the
    counter or on the phone, where somebody else (`by`) wrote it down."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="signups")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    companions = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=SignupState)
    code = models.CharField(max_length=12, unique=True, default=digits_code)
    at = models.DateTimeField()
    how = models.CharField(max_length=8, choices=How, default=How.ONLINE)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    consent = SealedField(blank=True, default="")
    came_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SignupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="signup_once"),
            models.CheckConstraint(condition=Q(companions__lte=MOST_COMPANIONS), name="signup_companions"),
            models.CheckConstraint(
                condition=Q(came_at=None) | Q(state=SignupState.GOING), name="signup_came"
            ),
        ]
        indexes = [
            models.Index(fields=["event", "state", "at"], name="signup_line"),
            models.Index(fields=["person", "-at"], name="signup_person"),
        ]

    @property
    def seats(self) -> int:
        """Himself and who comes with him."""
        return 1 + self.companions
