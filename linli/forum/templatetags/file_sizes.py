"""`{% load file_sizes %}`: addresses and measures of pictures in a form."""

from django import template

register = template.Library()


@register.filter
def picture(file, size="small"):
    return f"/files/{file.pk}/{size}"


@register.filter
def measure(file, size="small"):
    """How wide it is."""
    return file.sizes.get(size, [0, 0, 0])[1]


@register.filter
def height(file, size="small"):
    return file.sizes.get(size, [0, 0, 0])[2]
