"""First pages and guides. Wagtail keeps their drafts, revisions and workflow; our views show them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.models.pages import PagePermissionTester

from linli.sites.api import Site

from ..rules import GuideKind, former_paths
from .blocks import BODY, HOME, STEPS

Preview = Callable[[HttpRequest, Any], HttpResponse]
previews: dict[str, Preview] = {}  # model name → how a draft is shown; filled by whoever shows the page


class Stream(StreamField):
    """Blocks are no part of the database: changing them makes no migration."""

    def deconstruct(self) -> Any:
        name, _path, _args, kw = super().deconstruct()
        return name, "wagtail.fields.StreamField", [[]], {**kw, "block_lookup": {}}


class Tester(PagePermissionTester):
    """What our sites do not use is not offered: moving, copying, locking, restrictions of view."""

    def can_move(self) -> bool:
        return False

    can_copy = can_lock = can_set_view_restrictions = can_reorder_children = can_move

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not isinstance(self.page.specific, HomePage) and super().can_delete(ignore_bulk)


class SitePage(Page):
    """What both kinds share: they belong to a site and stand at its address."""

    is_creatable = False
    settings_panels = ["go_live_at", "expire_at"]
    show_in_menus_default = False

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> Tester:
        return Tester(user, self)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[Any, str, str]:
        return (None, settings.LINLI_ORIGIN, self.public_path)

    def serve(self, request: HttpRequest, *args: Any, **kw: Any) -> HttpResponse:
        raise Http404  # Wagtail serves nothing; our views do

    def delete(self, *args: Any, **kw: Any) -> Any:
        """What is deleted was shown until now: first it goes from the public."""
        if self.live:
            self.unpublish(log_action=None)
        return super().delete(*args, **kw)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return previews[type(self).__name__](request, self)

    @property
    def public_path(self) -> str:
        raise NotImplementedError


class HomePage(SitePage):
    """How a site's first page is arranged. Made when an editor first wants it; until published, the usual order holds."""

    site = models.OneToOneField(Site, on_delete=models.PROTECT, related_name="+")
    main = Stream(HOME, verbose_name=_("主栏"), blank=True, max_num=16)
    aside = Stream(HOME, verbose_name=_("侧栏"), blank=True, max_num=12)

    parent_page_types: list[str] = []
    subpage_types = ["linli_studio.GuidePage"]
    content_panels = ["main", "aside"]
    promote_panels: list[Any] = []

    class Meta:
        verbose_name = _("首页")
        verbose_name_plural = _("首页")

    @property
    def public_path(self) -> str:
        return self.site.url


class GuidePage(SitePage):
    """How to get something done, or to live here: a line on what it is about, steps, then the rest."""

    is_creatable = True
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("种类"), max_length=8, choices=GuideKind, default=GuideKind.AFFAIRS)
    intro = models.CharField(_("一句话说清"), max_length=160)
    steps = Stream(STEPS, verbose_name=_("步骤"), blank=True, max_num=12)
    body = Stream(BODY, verbose_name=_("正文"), blank=True, max_num=40)

    parent_page_types = ["linli_studio.HomePage"]
    subpage_types: list[str] = []
    content_panels = ["title", "kind", "intro", "steps", "body"]
    promote_panels = ["slug"]

    class Meta:
        verbose_name = _("指南")
        verbose_name_plural = _("指南")

    @property
    def public_path(self) -> str:
        return f"{self.home_site().url}guides/{self.slug}/"

    def home_site(self) -> Site:
        """The site under whose first page it stands, also before it is saved."""
        if self.site_id is None:
            self.site = (
                HomePage.objects.select_related("site__place", "site__body").get(pk=self.get_parent().pk).site
            )
        return self.site

    @transaction.atomic
    def save(self, *args: Any, **kw: Any) -> Any:
        """A published guide that gets another address is found at the former one for good."""
        self.home_site()
        before = (
            GuidePage.objects.filter(pk=self.pk, live=True).values_list("slug", flat=True).first()
            if self.pk
            else None
        )
        result = super().save(*args, **kw)
        if before and before != self.slug:
            old, new = (former_paths([self.site.slug], slug)[0] for slug in (before, self.slug))
            Redirect.objects.filter(old_path__in=[old, new]).delete()
            Redirect.add_redirect(old, redirect_to=self, automatically_created=True)
        return result

    def full_clean(self, *args: Any, **kw: Any) -> None:
        if self.site_id is None and self.path:
            self.home_site()
        super().full_clean(*args, **kw)
