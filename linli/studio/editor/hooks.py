"""What of Wagtail's menus and pages our editor shows: pages of one's sites, what waits for a check, the way out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from .. import privacy
from .choosers import pictures

MENU = {"explorer", "linli-desk"}


@hooks.register("register_admin_viewset")
def picture_chooser() -> Any:
    return pictures


@hooks.register("register_admin_menu_item")
def desk_item() -> MenuItem:
    return MenuItem(
        _("回工作台"), reverse("studio:desk"), name="linli-desk", icon_name="arrow-left", order=900
    )


@hooks.register("construct_main_menu")
def only_ours(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name in MENU]


@hooks.register("construct_page_listing_buttons")
@hooks.register("construct_page_header_buttons")
def no_foreign_buttons(buttons: list[Any], *args: Any, **kw: Any) -> None:
    """Buttons that lead to closed doors are not drawn."""
    from .gate import is_open

    buttons[:] = [one for one in buttons if not getattr(one, "url", "") or is_open(str(one.url))]


@hooks.register("before_edit_page")
def name_private(request: HttpRequest, page: Any) -> None:
    """Whoever checks sees named what its editor said may stand there."""
    if request.method != "GET" or page.current_workflow_state is None:
        return
    draft = page.get_latest_revision_as_object()
    values = {name: getattr(draft, name, None) for name in privacy.FIELDS}
    found = privacy.find_in(values, draft.site)
    if found:
        labels = {name: page._meta.get_field(name).verbose_name for name in found}
        messages.warning(request, _("交来核对的这一版：%(said)s。") % {"said": privacy.say(found, labels)})


@hooks.register("construct_homepage_panels")
def only_work(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [
        panel
        for panel in panels
        if getattr(panel, "name", "") not in ("site_summary", "upgrade_notification", "whats_new")
    ]


@hooks.register("construct_homepage_summary_items")
def no_counts(request: HttpRequest, items: list[Any]) -> None:
    items.clear()


@hooks.register("insert_global_admin_css")
def own_colours() -> str:
    from django.templatetags.static import static

    return format_html('<link rel="stylesheet" href="{}">', static("studio/editor.css"))


@hooks.register("construct_admin_api")
def closed_lists(router: Any) -> None:
    """Every page of the editor names these two addresses; both are closed (`gate`), since there is nothing behind them."""
    from wagtail.admin.api.views import PagesAdminAPIViewSet

    for name in ("images", "documents"):
        router.register_endpoint(name, PagesAdminAPIViewSet)
