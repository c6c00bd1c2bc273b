"""Routes of the residents."""

from django.urls import URLPattern

patterns: list[URLPattern] = []
