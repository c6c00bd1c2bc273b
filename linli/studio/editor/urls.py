"""The routes of a request to the editor: all of ours, and Wagtail's below `/studio/`. `gate` says which are open."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.views.i18n import JavaScriptCatalog

from . import wake

wake()  # Wagtail's routes are made from its hooks
from wagtail.admin.localization import get_localized_response  # noqa: E402 - a door of the editor, open once it is awake

words_of_scripts = JavaScriptCatalog.as_view(packages=["wagtail.admin", "linli.studio"])


def catalogue(request: HttpRequest) -> HttpResponse:
    """Wagtail's words for its scripts, with ours for those that it lacks in Chinese."""
    answer: HttpResponse = get_localized_response(words_of_scripts, request)
    return answer


def to_desk(request: HttpRequest) -> HttpResponse:
    """One's sites are listed at the desk; Wagtail's own first room and its root would list them a second time."""
    return redirect("studio:desk")


urlpatterns: list[Any] = [
    path("studio/", to_desk, name="wagtailadmin_home"),
    path("studio/pages/", to_desk, name="wagtailadmin_explore_root"),
    path("studio/jsi18n/", catalogue, name="wagtailadmin_javascript_catalog"),
    path("studio/", include("wagtail.admin.urls")),
    path("", include(settings.ROOT_URLCONF)),
]
