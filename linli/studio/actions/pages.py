"""First pages and guides: making them, and what follows when Wagtail publishes one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Revision, Workflow, WorkflowPage, WorkflowTask

from linli.common import audit
from linli.common.pagecache import bump
from linli.sites.api import Site, place_tag

from ..models import CheckTask, GuidePage, HomePage
from ..models.pages import SitePage
from ..rules import DEFAULT, GuideKind, guide_slug


@transaction.atomic
def open_home(*, site: Site, by: Any = None, now: datetime) -> HomePage:
    """The site's page to arrange; made, unpublished and in the usual order, where nobody arranged it yet."""
    standing: HomePage | None = HomePage.objects.filter(site=site).first()
    if standing is not None:
        return standing
    home = HomePage(site=site, title=site.name, slug=f"site-{site.pk}", live=False, **_usual())
    home.first_published_at = None
    home.owner_id = getattr(by, "person_id", None)
    _ground().add_child(instance=home)
    audit.record(actor=by, action="site.arrange", subject=site, place=site.place, now=now)
    return home


@transaction.atomic
def write_guide(
    *,
    site: Site,
    title: str,
    kind: GuideKind,
    intro: str,
    steps: list[Any],
    body: list[Any],
    by: Any,
    now: datetime,
) -> GuidePage:
    """A guide, published at once: for whoever may check, and for the demo."""
    home = open_home(site=site, by=by, now=now)
    taken = set(GuidePage.objects.filter(site=site).values_list("slug", flat=True))
    guide = GuidePage(
        site=site, title=title, slug=guide_slug(spelled(title), taken), kind=kind, intro=intro, steps=steps, body=body, live=False
    )  # fmt: skip
    home.add_child(instance=guide)
    guide.save_revision().publish()
    GuidePage.objects.filter(pk=guide.pk).update(first_published_at=now, last_published_at=now)
    guide.refresh_from_db()
    return guide


def arrange(*, home: HomePage, main: list[Any], aside: list[Any]) -> HomePage:
    """Publish an arrangement: lists of (kind, value)."""
    home.main, home.aside = main, aside  # type: ignore[assignment]
    home.save_revision().publish()
    return home


def publish_due(*, now: datetime) -> int:
    """Publish what was approved for a moment that has come, and take away what is over; how many."""
    done = 0
    for page in Page.objects.filter(live=True, expire_at__lt=now):
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        done += 1
    for revision in Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at"):
        revision.publish(log_action="wagtail.publish.scheduled")
        done += 1
    return done


def spelled(title: str) -> str:
    """Pinyin without tones; the dictionary is loaded by whoever writes guides."""
    from pypinyin import lazy_pinyin

    return "-".join(lazy_pinyin(title))


def shown_anew(page: Any) -> None:
    """A page of a site appeared, changed or went."""
    if isinstance(page, SitePage):
        bump(place_tag(page.site.place_id), f"site:{page.site_id}")


def _usual() -> dict[str, Any]:
    return {column: [(name, None) for name in names] for column, names in DEFAULT.items()}


def _ground() -> Page:
    """The root of all pages, with the workflow that holds for them; made where a database has none."""
    Locale.objects.get_or_create(language_code="zh-hans")
    root = Page.get_first_root_node()
    if root is None:
        root = Page.add_root(instance=Page(title="Root", slug="root"))
    if not WorkflowPage.objects.filter(page=root).exists():
        task = CheckTask.objects.filter(active=True).first() or CheckTask.objects.create(
            name=_("有人核对"), active=True
        )
        workflow = Workflow.objects.create(name=_("核对后发布"), active=True)
        WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=0)
        WorkflowPage.objects.create(workflow=workflow, page=root)
    return root
