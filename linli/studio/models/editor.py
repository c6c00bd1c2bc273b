"""The person at the editor, as Wagtail asks of a user; the answers are our policy's."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from linli.people.api import Person


class Editor(Person):
    """Made for one request (`editor.middleware`). It has no groups and no lasting rights of its own."""

    is_superuser = False
    is_staff = False
    email = ""
    edits: tuple[str, ...] = ()  # paths of places whose sites he arranges
    checks: tuple[str, ...] = ()  # paths of places whose pages he publishes

    class Meta:
        proxy = True
        default_permissions = ()

    @classmethod
    def of(cls, person: Person, edits: Iterable[str], checks: Iterable[str]) -> Editor:
        assert person.pk  # the request's person is made on first use
        editor: Editor = copy.copy(person)  # type: ignore[assignment]
        editor.__class__ = cls
        editor.edits, editor.checks = tuple(edits), tuple(checks)
        return editor

    def may_edit(self, path: str) -> bool:
        return path.startswith(self.edits) if self.edits else False

    def may_check(self, path: str) -> bool:
        return path.startswith(self.checks) if self.checks else False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Of all that Wagtail calls a permission, only that of opening the editor."""
        return perm == "wagtailadmin.access_admin" and bool(self.edits)

    def has_perms(self, perm_list: Iterable[str], obj: Any = None) -> bool:
        return all(self.has_perm(perm) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        return False
