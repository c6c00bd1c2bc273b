"""The desk of service items: what an office offers, looked over, published, verified, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.common import clock
from linli.common.errors import UserError
from linli.common.states import UnknownTransition
from linli.people.api import Body, needs

from .. import differences
from ..actions import items as actions
from ..forms.editor import PARTS
from ..forms.item import NewForm, WhyForm, WithdrawForm
from ..missing import missing
from ..models import Item
from ..permissions import V
from ..queries import items as read
from ..rules import ItemState
from .doors import actor_of, blame, own_item
from .public import item_context

PAGE, STEPS = 50, 20
page = require_http_methods(["GET", "HEAD", "POST"])
TONES = {ItemState.DRAFT: "wait", ItemState.PUBLISHED: "good", ItemState.WITHDRAWN: "bad"}


@require_safe
@needs(V.SERVICE_EDIT)
def desk(request: HttpRequest) -> HttpResponse:
    """All, or those that nobody verified for half a year (`?show=stale`), or with something unpublished (`?show=draft`)."""
    today, show = clock.local_date(clock.now()), request.GET.get("show", "")
    rows = read.kept_by(actor_of(request))
    stale, drafts = rows.filter(read.overdue(today)), rows.filter(draft__isnull=False)
    chosen = {"stale": stale, "draft": drafts}.get(show, rows)
    shown = Paginator(chosen.order_by("letter", "name", "pk"), PAGE).get_page(request.GET.get("page"))
    lines = [
        _line(item, item.stale_on(today) and item.state == ItemState.PUBLISHED) for item in shown.object_list
    ]
    context = {
        "lines": lines, "page": shown, "show": show, "query": f"show={show}" if show in ("stale", "draft") else "",
        "stale": stale.count(), "drafts": drafts.count(),
    }  # fmt: skip
    return render(request, "services/desk/list.html", context)


def _line(item: Item, stale: bool) -> dict[str, Any]:
    return {
        "item": item,
        "state": ItemState(item.state).label,
        "tone": TONES[ItemState(item.state)],
        "stale": stale,
    }


@page
@needs(V.SERVICE_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    if actor.acting is None:
        raise Http404
    form = NewForm(
        request.POST if request.method == "POST" else None,
        places=read.places_for(actor, clock.local_date(now)),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            item = actions.create_item(
                place=data["place"], body=Body.objects.get(pk=actor.acting.body_id), scheme=data["scheme"], code=data["code"],
                name=data["name"], by=actor, now=now,
            )  # fmt: skip
        except UserError as error:
            blame(form, error)
        else:
            return redirect("services:basics", item.pk)
    return render(request, "services/desk/new.html", {"form": form})


@require_safe
@needs(V.SERVICE_EDIT)
def manage(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One item: what stands, what is to come, what it lacks."""
    item = own_item(request, pk)
    gaps = missing(item.newest) if item.draft is not None else []
    parts = {gap.part for gap in gaps}
    context = {
        **_line(item, item.stale_on(clock.local_date(clock.now()))), "gaps": gaps, "changes": _changes(item),
        "pages": [(key, one.title, key in parts) for key, one in PARTS.items()],
        "history": item.history.select_related("by").order_by("-pk")[:STEPS],
        "versions": item.versions.order_by("-number"),
    }  # fmt: skip
    return render(request, "services/desk/manage.html", context)


def _changes(item: Item) -> list[differences.Change]:
    drafted = item.drafted
    return (
        differences.changes(item.published, drafted)
        if drafted is not None and item.published is not None
        else []
    )


@require_safe
@needs(V.SERVICE_EDIT)
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page as everybody will see it; with `?version=2` as that version was."""
    item = own_item(request, pk)
    number = request.GET.get("version", "")
    version = (
        item.versions.filter(number=int(number)).first()
        if number.isascii() and number.isdigit() and len(number) < 9
        else None
    )
    if number and version is None:
        raise Http404
    context = item_context(request, item, version.text if version else item.newest) | {"version": version}
    return render(request, "services/desk/preview.html", context)


@page
@needs(V.SERVICE_EDIT)
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What will be different, and why; then everybody reads it."""
    item = own_item(request, pk)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = request.POST.get("revision", "")
        revision = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1

        def verb(**kw: Any) -> Item:
            return actions.publish_item(revision=revision, why=form.cleaned_data["why"], **kw)

        if _done(request, item, form, verb):
            messages.success(request, _("发布了，大家看得到了"))
            return redirect("services:manage", item.pk)
    gaps = missing(item.newest) if item.draft is not None else []
    return render(
        request,
        "services/desk/publish.html",
        {"item": item, "form": form, "changes": _changes(item), "gaps": gaps},
    )


@page
@needs(V.SERVICE_EDIT)
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    item = own_item(request, pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():

        def verb(**kw: Any) -> Item:
            return actions.withdraw_item(why=form.cleaned_data["why"], **kw)

        if _done(request, item, form, verb):
            messages.success(request, _("下架了，页面上写着原因"))
            return redirect("services:manage", item.pk)
    return render(request, "services/desk/withdraw.html", {"item": item, "form": form})


def _done(request: HttpRequest, item: Item, form: WhyForm | WithdrawForm, verb: Callable[..., Item]) -> bool:
    try:
        verb(item=item, by=actor_of(request), now=clock.now())
    except UnknownTransition:
        form.add_error(None, _("刚才有人先改过了，请看现在的情况"))
    except UserError as error:
        blame(form, error)
    else:
        return True
    return False


@require_POST
@needs(V.SERVICE_EDIT)
def verify(request: HttpRequest, pk: UUID) -> HttpResponse:
    item = own_item(request, pk)
    try:
        actions.verify_item(item=item, by=actor_of(request), now=clock.now())
    except UserError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("记下了：今天核对过，没有变"))
    return redirect("services:manage", item.pk)


@require_POST
@needs(V.SERVICE_EDIT)
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give up what was not published; of an item that never was, the whole."""
    item = own_item(request, pk)
    verb = actions.drop_draft if item.current_id else actions.discard_item
    try:
        verb(item=item, by=actor_of(request), now=clock.now())
    except UnknownTransition:
        messages.error(request, _("刚才有人先改过了，请看现在的情况"))
    except UserError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("没发布的不要了"))
        return redirect("services:manage", item.pk) if item.current_id else redirect("services:desk")
    return redirect("services:manage", item.pk)
