"""The person at the editor, as Wagtail asks of a user; the answers are our policy's."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q

from linli.people.api import Person


class Editor(Person):
    """Made for one request (`editor.middleware`). It has no groups and no lasting rights of its own."""

    is_superuser = False
    is_staff = False
    email = ""
    edits: tuple[str, ...] = ()  # paths of places whose sites he arranges
    group: UUID | None = None  # or the civic group whose site alone he arranges
    checks: tuple[str, ...] = ()  # paths of places whose pages he publishes

    class Meta:
        proxy = True
        default_permissions = ()

    @classmethod
    def of(cls, person: Person, edits: Iterable[str], checks: Iterable[str], group: UUID | None = None) -> Editor:
        assert person.pk  # the request's person is made on first use
        editor: Editor = copy.copy(person)  # type: ignore[assignment]
        editor.__class__ = cls
        editor.edits, editor.checks, editor.group = tuple(edits), tuple(checks), group
        return editor

    @property
    def arranges(self) -> bool:
        """Whether there is any site that he may arrange."""
        return bool(self.edits or self.group)

    def sites(self, place: str, body: str) -> Q:
        """The rows of the sites that he arranges, by the fields of their place's path and of their body."""
        found = Q(**{body: self.group}) if self.group else Q(pk__in=[])
        return reduce(or_, (Q(**{f"{place}__under": path}) for path in self.edits), found)

    def may_check(self, path: str) -> bool:
        return path.startswith(self.checks) if self.checks else False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Of all that Wagtail calls a permission, only that of opening the editor."""
        return perm == "wagtailadmin.access_admin" and self.arranges

    def has_perms(self, perm_list: Iterable[str], obj: Any = None) -> bool:
        return all(self.has_perm(perm) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        return False
