"""Wagtail's questions of rights, answered by our policy: from the posts of the person at the editor, never by groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Locale, Page, Site, Task, Workflow
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from linli.people.api import Person

from ..models import HomePage, LibraryFile

EDIT, CHECK = ("add", "change"), ("publish", "bulk_delete")


@dataclass(frozen=True)
class Codename:
    codename: str


@dataclass(frozen=True)
class Grant:
    """One right at one page and all below it, in the shape in which Wagtail reads its own table of rights."""

    page: Page
    permission: Codename

    @property
    def page_id(self) -> int:
        return int(self.page.pk)


class PagePolicy(PagePermissionPolicy):
    """The pages of a site are edited by whoever may edit the site, published by whoever answers for its pages."""

    def get_all_permissions_for_user(self, user: Any) -> list[Grant]:
        if not getattr(user, "arranges", False):
            return []
        homes = (
            HomePage.objects.filter(user.sites("site__place__path", "site__body"))
            .select_related("site__place")
            .order_by("path")
        )
        return [
            Grant(home.page_ptr, Codename(f"{action}_page"))
            for home in homes
            for action in (*EDIT, *(CHECK if user.may_check(home.site.place.path) else ()))
        ]

    def users_with_any_permission(self, actions: Any, include_superusers: bool = True) -> Any:
        return Person.objects.none()

    def users_with_any_permission_for_instance(
        self, actions: Any, instance: Any, include_superusers: bool = True
    ) -> Any:
        return Person.objects.none()

    def explorable_instances(self, user: Any) -> Any:
        return (
            super().explorable_instances(user)
            if self.get_cached_permissions_for_user(user)
            else Page.objects.none()
        )


class NobodysPolicy(BasePermissionPolicy):
    """What our editor does not have: collections, workflows to design, redirects by hand, languages, hosts."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return False

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return False

    def users_with_any_permission(self, actions: Any) -> Any:
        return Person.objects.none()

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        return self.model.objects.none()


class LibraryPolicy(BasePermissionPolicy):
    """Files of the libraries of sites that one edits are there to choose; they are added and removed at the desk."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in ("choose", "view") and bool(getattr(user, "arranges", False))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: Any) -> Any:
        return Person.objects.none()

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        if not getattr(user, "arranges", False):
            return LibraryFile.objects.none()
        return LibraryFile.objects.filter(user.sites("site__place__path", "site__body"))


def register() -> None:
    """Put our policies in the place of Wagtail's."""
    policy_registry.register(Page, PagePolicy())
    policy_registry.register(LibraryFile, LibraryPolicy(LibraryFile))
    for model in (Collection, Locale, Redirect, Site, Task, Workflow):
        policy_registry.register(model, NobodysPolicy(model))
