"""The way to the calendar from every page's foot, and the words for the audit log."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.common import slots
from linli.people.api import register_audit_words

from .permissions import may_set_anywhere


def foot_links(request: HttpRequest) -> list[slots.Link]:
    return [slots.Link(_("放假和调休"), reverse("calendar:this_year"), order=5)]


def desk_links(request: HttpRequest) -> list[slots.Link]:
    actor = request.actor  # type: ignore[attr-defined]
    if not may_set_anywhere(actor):
        return []
    url = reverse("calendar:rules")
    return [slots.Link(_("办事期限"), url, icon="clock", order=65, current=request.path.startswith(url))]


register_audit_words(
    {
        "calendar.load": _("导入了一年的放假和调休表"),
        "deadline_rule.set": _("定了一条期限规则"),
    }
)
slots.fill("foot.links", foot_links)
slots.fill("nav.desk", desk_links)
