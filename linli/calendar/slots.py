"""The way to the calendar from every page's foot, and the words for the audit log."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from linli.common import slots
from linli.people.api import register_audit_words

from .permissions import may_set_anywhere


def foot_links(request: HttpRequest) -> list[slots.Link]:
    """The days off for everybody; to the heads of street and committee the periods that they set."""
    links = [slots.Link(_("放假和调休"), slots.url("calendar:this_year"), order=5)]
    actor = getattr(request, "actor", None)
    if actor is not None and may_set_anywhere(actor):
        links.append(slots.Link(_("办事期限"), slots.url("calendar:rules"), order=6))
    return links


register_audit_words(
    {
        "calendar.load": _("导入了一年的放假和调休表"),
        "deadline_rule.set": _("定了一条期限规则"),
    }
)
slots.fill("foot.links", foot_links)
