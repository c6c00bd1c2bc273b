"""The routes of a request to the editor: all of ours, and Wagtail's below `/studio/`. `gate` says which are open."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin

from linli.config import urls as ours

urlpatterns = [path("studio/", include(wagtailadmin)), *ours.urlpatterns]
