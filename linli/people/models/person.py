"""The account of a person."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from linli.common.ids import digits_code, uuid7
from linli.common.sealed import SealedField


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(code=username)

    def living(self) -> models.QuerySet[Person]:
        """Accounts that are neither closed nor merged into another."""
        return self.filter(closed_at=None, merged_into=None)


class Person(AbstractBaseUser):
    """One person, one account. `code` is the number on his card; `display_name` is what neighbours see."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=12, unique=True, default=digits_code)
    display_name = models.CharField(max_length=40)
    legal_name = SealedField(blank=True, default="")
    born = SealedField(blank=True, default="")
    language = models.CharField(max_length=8, default="zh-hans")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged_from")
    demo_key = models.CharField(max_length=20, blank=True)

    USERNAME_FIELD = "code"
    arrival: Any = None  # what whoever is signed in has on this day: `people.arriving`
    objects = PersonManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["demo_key"], condition=~models.Q(demo_key=""), name="person_demo_key_once")
        ]

    def __str__(self) -> str:
        return self.display_name

    def has_usable_password(self) -> bool:
        """An account never given a password has none, not an empty one."""
        return bool(self.password) and super().has_usable_password()

    def get_full_name(self) -> str:
        return self.display_name


class Guardianship(models.Model):
    """A guardian acts for a child under 14 (PIPL art. 31) until `until`, the child's 14th birthday, or its end."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="guardianships")
    guardian = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="wards")
    since = models.DateField()
    until = models.DateField()
    consented_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "guardian"], condition=models.Q(ended_at=None), name="guardianship_once"
            ),
            models.CheckConstraint(condition=~models.Q(child=models.F("guardian")), name="guardian_is_another"),
        ]

    def holds_on(self, day: date) -> bool:
        return self.ended_at is None and self.since <= day < self.until
