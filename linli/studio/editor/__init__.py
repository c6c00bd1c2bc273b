"""The editor under `/studio/`: Wagtail's, with our rights, our pictures and nothing else switched on.

Loaded when the first editor comes; a process that only shows pages never imports what is here.
"""

from __future__ import annotations

import threading
from functools import cache

_lock = threading.Lock()


def wake() -> None:
    """Do what Wagtail's own apps do at their start, once, and only for what we use."""
    with _lock:
        _wake()


@cache
def _wake() -> None:
    from wagtail.admin.forms.pages import WagtailAdminPageForm
    from wagtail.admin.panels import FieldPanel
    from wagtail.admin.panels.page_utils import _get_page_edit_handler
    from wagtail.admin.telepath import widgets  # noqa: F401
    from wagtail.models import Page

    Page.get_edit_handler = _get_page_edit_handler
    Page.base_form_class = WagtailAdminPageForm

    from ..models import GuidePage, HomePage
    from . import forms, policies

    for model in (HomePage, GuidePage):
        model.content_panels = [*model.content_panels, FieldPanel(forms.OK)]
    HomePage.base_form_class, GuidePage.base_form_class = forms.HomeForm, forms.GuideForm
    policies.register()

    import wagtail.admin.wagtail_hooks
    import wagtail.hooks

    from . import hooks  # noqa: F401

    registered = wagtail.hooks._hooks
    registered.pop("register_admin_search_area", None)  # nothing is indexed: `no_index`
