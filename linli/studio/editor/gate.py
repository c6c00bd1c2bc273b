"""The door of the editor: who comes in, and which of Wagtail's many rooms are open. All others are not there."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from linli.people.api import holds, may_anywhere
from linli.sites.api import S

PREFIX = "/studio/"
URLS = "linli.studio.editor.urls"
OPEN = {
    "wagtailadmin_home", "wagtailadmin_explore", "wagtailadmin_explore_root", "wagtailadmin_explore_results",
    "wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "wagtailadmin_dismissibles",
    "wagtailadmin_pages:add", "wagtailadmin_pages:add_subpage", "wagtailadmin_pages:edit", "wagtailadmin_pages:delete",
    "wagtailadmin_pages:unpublish", "wagtailadmin_pages:preview_on_add", "wagtailadmin_pages:preview_on_edit",
    "wagtailadmin_pages:view_draft", "wagtailadmin_pages:history", "wagtailadmin_pages:history_results",
    "wagtailadmin_pages:workflow_history", "wagtailadmin_pages:workflow_history_detail",
    "wagtailadmin_pages:revisions_revert", "wagtailadmin_pages:revisions_view", "wagtailadmin_pages:revisions_compare",
    "wagtailadmin_pages:revisions_unschedule",
    "wagtailadmin_pages:workflow_action", "wagtailadmin_pages:collect_workflow_action_data",
    "wagtailadmin_pages:confirm_workflow_cancellation",
    "wagtailadmin_pages:workflow_preview",
    "wagtailadmin_editing_sessions:ping", "wagtailadmin_editing_sessions:release",
    "wagtailadmin_api:pages:listing", "wagtailadmin_api:pages:detail",
    "pictures:choose", "pictures:choose_results", "pictures:chosen",
}  # fmt: skip
FRAMED = {
    "wagtailadmin_pages:preview_on_add", "wagtailadmin_pages:preview_on_edit", "wagtailadmin_pages:view_draft",
    "wagtailadmin_pages:revisions_view", "wagtailadmin_pages:workflow_preview",
}  # fmt: skip


def turned_away(request: HttpRequest) -> HttpResponse | None:
    """The answer to whoever does not come in; None to editors. Raises Http404 where one may not know that it is there."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.person is None:
        return redirect_to_login(request.get_full_path(), login_url=settings.LOGIN_URL)
    if may_anywhere(actor, S.SITE_EDIT) or holds(actor, S.SITE_EDIT):
        return None
    if actor.needs_factor:
        return redirect("people:second_factor")
    raise Http404


def is_open(url: str) -> bool:
    """Whether an address leads to a room that is open, or out of the editor."""
    path = url.partition("?")[0]
    if not path.startswith(PREFIX):
        return True
    try:
        return resolve(path, URLS).view_name in OPEN
    except Resolver404:
        return False
