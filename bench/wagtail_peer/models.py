"""A site as Wagtail's own tutorial builds one: pages below pages, a gallery, snippets, blocks on the first page."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Orderable, Page
from wagtail.snippets.models import register_snippet


class Link(blocks.StructBlock):
    label = blocks.CharBlock()
    address = blocks.CharBlock()


class Links(blocks.StructBlock):
    title = blocks.CharBlock()
    links = blocks.ListBlock(Link())

    class Meta:
        template = "wagtail_peer/links.html"


class Shot(blocks.StructBlock):
    title = blocks.CharBlock()
    picture = ImageChooserBlock()
    caption = blocks.CharBlock(required=False)

    class Meta:
        template = "wagtail_peer/shot.html"


class IndexPage(Page):
    """The list of one noun; its things are its children."""


class NoticePage(Page):
    date = models.DateTimeField()
    pinned = models.BooleanField(default=False)
    tags = models.CharField(max_length=120)
    meta = models.CharField(max_length=120)


class PostPage(Page):
    date = models.DateTimeField()
    by = models.CharField(max_length=80)


class EventPage(Page):
    starts = models.DateTimeField()
    where = models.CharField(max_length=80)
    status = models.CharField(max_length=80)


class AlbumPage(Page):
    date = models.DateTimeField()
    by = models.CharField(max_length=80)


class AlbumImage(Orderable):
    page = ParentalKey(AlbumPage, on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey("wagtailimages.Image", models.CASCADE, related_name="+")


@register_snippet
class Phone(models.Model):
    name = models.CharField(max_length=80)
    hours = models.CharField(max_length=80)
    number = models.CharField(max_length=30)


@register_snippet
class Body(models.Model):
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    hours = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=30, blank=True)


class HomePage(Page):
    body = StreamField([("links", Links()), ("shot", Shot())], blank=True)
    template = "wagtail_peer/home.html"

    def get_context(self, request, *args, **kwargs):
        def below(model):
            return model.objects.live().descendant_of(self)

        return super().get_context(request, *args, **kwargs) | {
            "notices": below(NoticePage).order_by("-pinned", "-date")[:5],
            "posts": below(PostPage).order_by("-date")[:3],
            "events": below(EventPage).order_by("starts")[:3],
            "album": below(AlbumPage).order_by("-date").first(),
            "phones": Phone.objects.all()[:4],
            "bodies": Body.objects.all(),
        }
