"""A blog post of a site, its pictures and its history."""

from __future__ import annotations

from django.db import models

from linli.common.ids import uuid7
from linli.files.api import File
from linli.people.api import Body, Person
from linli.sites.api import Site

from ..blog_rules import ALT, REASON, TITLE, BlogState


class BlogPostQuerySet(models.QuerySet["BlogPost"]):
    def shown(self) -> BlogPostQuerySet:
        """Published, the newest first."""
        return self.filter(state=BlogState.PUBLISHED).order_by("-published_at", "-pk")

    def whole(self) -> BlogPostQuerySet:
        """With all that a page says of a post."""
        return self.select_related("site__place", "site__body", "author", "body")


class BlogPost(models.Model):
    """`body`: the office under whose name it stands; without one its author's own."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=TITLE, blank=True)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=BlogState, default=BlogState.DRAFT)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    objects = BlogPostQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["site", "state", "-published_at"], name="blog_of_site"),
            models.Index(fields=["author", "state"], name="blog_of_author"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=BlogState.DRAFT, published_at=None)
                | ~models.Q(state=BlogState.DRAFT) & models.Q(published_at__isnull=False),
                name="blog_published_at",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def by(self) -> str:
        """Who signs it."""
        return self.body.name if self.body else self.author.display_name


class BlogPicture(models.Model):
    """A picture below the text; it goes with its file."""

    post = models.ForeignKey(BlogPost, on_delete=models.CASCADE, related_name="pictures")
    file = models.OneToOneField(File, on_delete=models.CASCADE, related_name="+")
    alt = models.CharField(max_length=ALT, blank=True)

    class Meta:
        ordering = ("pk",)


class BlogVersion(models.Model):
    """The history of a post from its publication on; append-only. `title` and `text` as they were from then on."""

    post = models.ForeignKey(BlogPost, on_delete=models.PROTECT, related_name="versions")
    at = models.DateTimeField()
    event = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=BlogState)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    acting = models.UUIDField(null=True)
    reason = models.CharField(max_length=REASON, blank=True)
    title = models.CharField(max_length=TITLE)
    text = models.TextField()
