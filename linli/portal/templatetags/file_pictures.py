"""`{% load file_pictures %}`: addresses and measures of pictures that the files app keeps."""

from django import template
from django.urls import reverse

register = template.Library()


@register.filter
def src(file, size="medium"):
    """Where the picture of this size is."""
    return reverse("files:download", args=[file.pk, size])


@register.filter
def srcset(file):
    """Its sizes for a browser to choose from, each width once: a small picture is the same in two of them."""
    sizes = {facts[1]: name for name, facts in sorted(file.sizes.items(), reverse=True)}
    return ", ".join(f"{src(file, name)} {width}w" for width, name in sorted(sizes.items()))


@register.filter
def width(file, size="medium"):
    return file.sizes.get(size, [0, 0, 0])[1]


@register.filter
def height(file, size="medium"):
    return file.sizes.get(size, [0, 0, 0])[2]


@register.filter
def rows(pictures, size="small"):
    """Album pictures as the component `pictures` wants them."""
    return [
        {
            "src": src(one.file, size), "url": reverse("portal:album_picture", args=[one.pk]), "alt": said(one),
            "width": width(one.file, size), "height": height(one.file, size), "title": one.caption,
        }
        for one in pictures
    ]  # fmt: skip


@register.filter
def covers(lines):
    """Albums as the component `pictures` wants them."""
    return [
        {
            "src": src(line["cover"].file, "small"), "url": reverse("portal:album", args=[line["album"].pk]), "alt": "",
            "width": width(line["cover"].file, "small"), "height": height(line["cover"].file, "small"), "title": line["album"].title,
            "meta": line["album"].by,
        }
        for line in lines
    ]  # fmt: skip


@register.filter
def said(picture):
    """What a picture shows, in words: its own, else what is written under it, else its number."""
    return picture.alt or picture.caption or f"{picture.nth}"
