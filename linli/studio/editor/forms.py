"""The editor's forms: typed text without hidden marks, addresses of guides from their titles, personal data asked about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import WagtailAdminPageForm

from linli.common.text import clean

from .. import privacy
from ..actions.pages import spelled
from ..models import GuidePage
from ..rules import guide_slug

OK = "private_ok"
GOES_OUT = {"action-publish", "action-submit", "action-restart-workflow", "action-workflow-action"}


class AskingForm(WagtailAdminPageForm):  # type: ignore[misc]
    """Whatever is to be published or handed in is searched for personal data. Whoever leaves it there says so; the box
    carries what it is about, so that what is written later is asked about anew.
    """

    private_ok = forms.BooleanField(label=_("看过了，这些可以公开"), required=False)

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if not self.is_bound:
            del self.fields[OK]

    def clean(self) -> dict[str, Any]:
        got: dict[str, Any] = super().clean()
        found = privacy.find_in(got, self._site()) if GOES_OUT & set(self.data) else {}
        if not found:
            del self.fields[OK]
            return got
        token = privacy.token_of(found)
        agreed = self.data.get(self.add_prefix(OK)) == token
        self.fields[OK].widget = forms.CheckboxInput({"value": token}, check_test=lambda _value: agreed)
        if not agreed:
            labels = {name: field.label for name, field in self.fields.items()}
            said = privacy.say(found, labels)
            self.add_error(OK, _now("%(said)s。公开以后谁都看得到：请删掉，或者勾“看过了，这些可以公开”。") % {"said": said})
        return got

    def _site(self) -> Any:
        page = self.instance
        return page.site if page.site_id else self.parent_page.specific.site


class HomeForm(AskingForm):
    """Both columns; the title is the site's name."""


class GuideForm(AskingForm):
    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["title"].help_text = _("居民在列表里先看到它。")
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
