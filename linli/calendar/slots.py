"""The ways to the calendar: from every page's foot, and from the desk; and the words for the audit log."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from linli.common import slots
from linli.people.api import register_audit_words

from .permissions import may_set_anywhere


def foot_links(_request: HttpRequest) -> list[slots.Link]:
    """The days off, the same for everybody: the foot is kept for all who look alike."""
    return [slots.Link(_("放假和调休"), slots.url("calendar:this_year"), order=5)]


def desk_links(request: HttpRequest) -> list[slots.Link]:
    """To the heads of street and committee the periods that they set."""
    actor = getattr(request, "actor", None)
    if actor is None or not may_set_anywhere(actor):
        return []
    url = slots.url("calendar:rules")
    return [slots.Link(_("办事期限"), url, icon="clock", order=85, current=request.path.startswith(url))]


register_audit_words(
    {
        "calendar.load": _("导入了一年的放假和调休表"),
        "deadline_rule.set": _("定了一条期限规则"),
    }
)
slots.fill("foot.links", foot_links)
slots.fill("nav.desk", desk_links)
