"""A group's site from a form of one page: asking or opening, the desk that decides, changing and closing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.people.api import Actor, may_anywhere, needs, require, signed_in

from .actions.groups import (
    ask_for_group,
    close_group,
    open_group,
    refuse_group,
    shape_group,
    suggest_slug,
    take_back_group,
)
from .frame import of_site
from .group_forms import GroupForm, ReasonForm, ShapeForm
from .group_rules import GroupState
from .models import GroupApplication, Site
from .permissions import S, may_at
from .queries import decided_groups, group_places, waiting_groups
from .rules import SiteKind

ASK = ["GET", "HEAD", "POST"]
PAGE = 20


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@require_http_methods(ASK)
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """One page: what it is called, where it is, what it does. Who may found groups has the site at once."""
    actor = _actor(request)
    places = group_places(actor)
    if not places.exists():
        if not group_places(Actor(actor.person, stays=actor.stays, mandate=actor.mandate)).exists():
            raise Http404
        return render(request, "sites/group_as_self.html")  # his post founds no groups, but he himself may ask for one
    at_once = actor.acting is not None and may_anywhere(actor, S.GROUP_FOUND)
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and data.get("do") == "suggest":
        return _suggest(request, data, places, at_once)
    form = GroupForm(data, places=places, at_once=at_once)
    if data is not None and form.is_valid():
        try:
            row = ask_for_group(by=actor, now=clock.now(), **form.cleaned_data)
        except UserError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return _done(request, row)
    return render(request, "sites/group_new.html", {"form": form, "at_once": at_once})


def _suggest(request: HttpRequest, data: Any, places: Any, at_once: bool) -> HttpResponse:
    """The form again as it was typed, with an address made from the name."""
    if data.get("name", "").strip():
        data["slug"] = suggest_slug(data["name"][:100])
    first = {key: data.get(key, "") for key in GroupForm.field_order}
    form = GroupForm(initial=first, places=places, at_once=at_once)
    return render(request, "sites/group_new.html", {"form": form, "at_once": at_once})


def _done(request: HttpRequest, row: GroupApplication) -> HttpResponse:
    if row.site is not None:
        messages.success(request, _("%(name)s的站开好了，地址可以发给大家了") % {"name": row.name})
        return redirect(row.site.url)
    messages.success(request, _("交上去了。居委会看过以后，会给您发消息"))
    return redirect("sites:group_mine")


@require_http_methods(ASK)
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """What one asked for, and what became of it."""
    actor = _actor(request)
    rows = GroupApplication.objects.filter(by=actor.person).select_related("place", "site").prefetch_related("events")
    if request.method == "POST":
        return _take_back(request, rows.filter(pk=_key(request.POST.get("pk", ""))).first())
    may_ask = group_places(actor).exists()
    return render(request, "sites/group_mine.html", {"rows": rows.order_by("-at")[:50], "may_ask": may_ask})


def _take_back(request: HttpRequest, row: GroupApplication | None) -> HttpResponse:
    try:
        if row is not None:
            take_back_group(by=_actor(request), application=row, now=clock.now())
            messages.success(request, _("撤回了"))
    except NotAllowed:
        raise Http404 from None
    except UserError:
        messages.error(request, _("已经办好了，不能再撤回"))
    return redirect("sites:group_mine")


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)  # nothing has it


@require_safe
@needs(S.GROUP_FOUND)
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, and below it what was decided."""
    actor = _actor(request)
    page = Paginator(decided_groups(actor), PAGE).get_page(request.GET.get("page"))
    return render(request, "sites/group_desk.html", {"waiting": waiting_groups(actor)[:100], "page": page})


@require_http_methods(ASK)
@needs(S.GROUP_FOUND)
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One wish: open it or refuse it with a reason."""
    actor = _actor(request)
    row: GroupApplication = get_object_or_404(GroupApplication.objects.select_related("by", "place", "site"), pk=pk)
    require(actor, S.GROUP_FOUND, row.place)
    own = row.by_id == actor.person_id
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not own and form.is_valid():
        try:
            if request.POST.get("do") == "open":
                open_group(by=actor, application=row, now=clock.now())
                messages.success(request, _("开好了，申请人会收到消息"))
            else:
                refuse_group(by=actor, application=row, reason=form.cleaned_data["reason"], now=clock.now())
                messages.success(request, _("退回了，申请人会看到原因"))
        except UserError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return redirect("sites:group_desk")
    events = row.events.select_related("by").order_by("pk")
    context = {"row": row, "form": form, "own": own, "events": events, "waits": row.state == GroupState.APPLIED}
    return render(request, "sites/group_one.html", context)


@require_http_methods(ASK)
@signed_in
@of_site
def group(request: HttpRequest, site: Site) -> HttpResponse:
    """The group's own words and name, and its end."""
    actor = _actor(request)
    if site.kind == SiteKind.PLACE or not may_at(actor, S.SITE_EDIT, site):
        raise Http404
    row: GroupApplication = get_object_or_404(GroupApplication, site=site)
    closing = request.POST.get("do") == "close"
    form = ShapeForm.of(row, request.POST if request.method == "POST" and not closing else None)
    reason = ReasonForm(request.POST if closing else None)
    asked = reason if closing else form
    if request.method == "POST" and asked.is_valid():
        try:
            if closing:
                close_group(by=actor, site=site, now=clock.now(), **reason.cleaned_data)
                messages.success(request, _("关了。写过的还在，站不再打开"))
                return redirect("portal:place", site.place_id)
            shape_group(by=actor, site=site, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("存好了"))
            return redirect(site.url)
        except UserError as error:
            asked.add_error(error.field if error.field in asked.fields else None, str(error))
    return render(request, "sites/group_edit.html", {"form": form, "reason": reason, "asked": asked})
