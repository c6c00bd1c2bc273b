"""`{% load light_text %}`: typed text with its light marks."""

from django import template

from linli.design import light

register = template.Library()


@register.filter(name="light")
def as_html(value):
    """Paragraphs, lists, headings, emphasis and links; all else stays text."""
    return light.light(str(value or ""))


@register.filter(name="plain")
def as_line(value, most=120):
    """The beginning, without marks."""
    return light.plain(str(value or ""), int(most))
