"""Renaming, splitting and merging at the desk."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.areas.api import Area, children
from linli.common import clock

from ..access import needs
from ..actions.bodies import open_posts
from ..actions.succession import Successor, merge_bodies, rename_body, split_body
from ..forms.bodies import MergeForm, RenameForm, SplitForm
from ..models import Body
from ..permissions import P
from ..queries import bodies as read
from .bodies import editable, may_edit, today
from .trying import FAILED, attempt

MOST_PARTS = 6


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.BODIES_EDIT)
def body_rename(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = editable(request, pk)
    form = RenameForm(request.POST or None, initial={"name": found.name, "official_name": found.official_name, "on": today()})
    if request.method == "POST" and form.is_valid():
        new = attempt(form, rename_body, actor=request.actor, body=found, now=clock.now(), **form.cleaned_data)
        if new is not FAILED:
            messages.success(request, _("从那天起叫%(name)s；以前的事还写旧名称") % {"name": new.name})
            return redirect("people:body_desk", new.pk)
    context = {"form": form, "body": found, "title": _("改名称"), "label": _("改成新名称"), "kept": True}
    return render(request, "people/bodies/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.BODIES_EDIT)
def body_split(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, day = editable(request, pk), today()
    wished = request.GET.get("parts", "2")
    parts = min(MOST_PARTS, max(2, int(wished))) if wished.isascii() and wished.isdigit() and len(wished) < 3 else 2
    form = SplitForm(
        request.POST or None, body=found, parts=parts, areas=_dealt(found), posts=open_posts([found], day), initial={"on": day}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        new = [Successor(said[f"name-{n}"], said[f"official-{n}"], form.places_of(n)) for n in form.parts]
        values = {"body": found, "new": new, "posts": form.fates(), "on": said["on"]}
        made = attempt(form, split_body, actor=request.actor, now=clock.now(), **values)
        if made is not FAILED:
            messages.success(request, _("已拆成 %(n)d 个单位") % {"n": len(made)})
            return redirect("people:body_desk", found.pk)
    context = {"form": form, "body": found, "parts": parts, "more": parts + 1 if parts < MOST_PARTS else 0}
    return render(request, "people/bodies/split.html", context)


def _dealt(found: Body) -> list[Area]:
    """The places to deal out: the body's own, or what lies right below where it has but one."""
    own = [row.area for row in found.places.all() if row.until is None]
    return children(own[0], today()) if len(own) == 1 else own


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.BODIES_EDIT)
def body_merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """First whom with (in the address: bodies are public), then the new name and everybody's fate."""
    found, day = editable(request, pk), today()
    offered = [b for b in read.desk_list(request.actor, day, kind=found.kind) if b.pk != pk and may_edit(request.actor, b, day)]
    chosen = set(request.GET.getlist("with"))
    others = [b for b in offered if str(b.pk) in chosen]
    if not others:
        return render(request, "people/bodies/merge_with.html", {"body": found, "offered": offered})
    bodies = [found, *others]
    form = MergeForm(request.POST or None, posts=open_posts(bodies, day), initial={"on": day})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        values = {"bodies": bodies, "new": Successor(said["name"], said["official_name"]), "posts": form.fates(), "on": said["on"]}
        new = attempt(form, merge_bodies, actor=request.actor, now=clock.now(), **values)
        if new is not FAILED:
            messages.success(request, _("已合并成%(name)s") % {"name": new.name})
            return redirect("people:body_desk", new.pk)
    return render(request, "people/bodies/merge.html", {"form": form, "body": found, "bodies": bodies})
