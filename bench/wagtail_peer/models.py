"""A first page of boxes, and the guides below it."""

from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page


class Line(blocks.StructBlock):
    text = blocks.CharBlock()
    address = blocks.CharBlock(required=False)


class Box(blocks.StructBlock):
    title = blocks.CharBlock()
    lines = blocks.ListBlock(Line())

    class Meta:
        template = "wagtail_peer/box.html"


class HomePage(Page):
    body = StreamField([("box", Box())], blank=True)
    template = "wagtail_peer/home.html"
