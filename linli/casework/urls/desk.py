"""Routes of the desks."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
