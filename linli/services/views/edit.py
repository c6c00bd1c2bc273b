"""The editor of a service item: page by page, into the draft that nobody else sees."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.common import clock
from linli.common.errors import UserError
from linli.people.api import needs

from ..actions.items import save_draft
from ..forms.editor import PARTS, Editor
from ..models import Item
from ..permissions import V
from .doors import actor_of, own_item

__all__ = ["PARTS", "page"]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(V.SERVICE_EDIT)
def page(request: HttpRequest, pk: UUID, part: str) -> HttpResponse:
    """One page; saved it leads to the next, or back to the item."""
    item, now = own_item(request, pk), clock.now()
    data = request.POST if request.method == "POST" else None
    editor = Editor(part, item, clock.local_date(now), data)
    if data is not None and not data.get("more") and editor.is_valid() and _saved(request, item, editor):
        messages.success(request, _("存好了，还没发布"))
        order = list(PARTS)
        last = order.index(part) + 1 == len(order)
        return redirect(
            "services:manage" if last or not data.get("on") else f"services:{order[order.index(part) + 1]}",
            item.pk,
        )
    context = {
        "item": item,
        "editor": editor,
        "part": part,
        "pages": [(key, one.title) for key, one in PARTS.items()],
    }
    return render(request, "services/desk/edit.html", context)


def _saved(request: HttpRequest, item: Item, editor: Editor) -> bool:
    typed = request.POST.get("revision", "")
    revision = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1
    try:
        save_draft(
            item=item, content=editor.changed(), revision=revision, by=actor_of(request), now=clock.now()
        )
    except UserError as error:
        editor.problem = str(error)
        return False
    return True
