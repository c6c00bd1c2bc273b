"""The routes of a request to the editor: all of ours, and Wagtail's below `/studio/`. `gate` says which are open."""

from django.conf import settings
from django.urls import include, path

from . import wake

wake()  # Wagtail's routes are made from its hooks

urlpatterns = [path("studio/", include("wagtail.admin.urls")), path("", include(settings.ROOT_URLCONF))]
