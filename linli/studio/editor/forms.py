"""The editor's forms: typed text without hidden marks, addresses of guides from their titles."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import WagtailAdminPageForm

from linli.common.text import clean

from ..actions.pages import spelled
from ..models import GuidePage
from ..rules import guide_slug


class HomeForm(WagtailAdminPageForm):  # type: ignore[misc]
    """Both columns; the title is the site's name."""


class GuideForm(WagtailAdminPageForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _("网址的最后一段。不填就用标题的拼音。")

    def clean_title(self) -> str:
        return " ".join(clean(self.cleaned_data["title"]).split())

    def clean_intro(self) -> str:
        return " ".join(clean(self.cleaned_data["intro"]).split())

    def clean_slug(self) -> str:
        given = self.cleaned_data.get("slug") or ""
        if given:
            return str(given)
        site = self.instance.site_id or self.parent_page.specific.site_id
        taken = (
            GuidePage.objects.filter(site_id=site).exclude(pk=self.instance.pk).values_list("slug", flat=True)
        )
        return guide_slug(spelled(self.cleaned_data.get("title", "")), set(taken))
