"""A body's public page, and the desk where bodies are made and changed."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.areas.api import children, full_name
from linli.common import clock
from linli.common.pagecache import cached, midnight

from ..access import needs, public
from ..actions.bodies import create_body, edit_body, end_body, move_body, open_posts, paths_on
from ..actions.posts import appointable, may_dismiss
from ..forms.bodies import CreateForm, EndForm, FactsForm, MoveForm
from ..models import Body, Post
from ..permissions import P
from ..policy import Actor
from ..queries import bodies as read
from ..queries.reach import within
from ..rules import BodyKind
from .trying import FAILED, attempt

PAGE = 50


def today() -> date:
    return clock.local_date(clock.now())


@require_safe
@public
@cached(tags=("areas", "bodies", "posts"), valid_until=midnight)
def body(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everybody's page: what it is, where it acts, who is in post, what it was before."""
    found = read.one(pk)
    if found is None:
        raise Http404
    day = today()
    places = read.places_on(found, day)
    context = {
        "body": found, "kind": BodyKind(found.kind).label, "places": places, "day": day, "before": read.before(found),
        "where": full_name(places[0]) if len(places) == 1 else "",
        "after": read.after(found), "exists": found.exists_on(day), "plate": places[0].plate if places else "",
        "people": [_public_post(post) for post in read.in_post(found, day)],
    }  # fmt: skip
    return render(request, "people/bodies/body.html", context)


def _public_post(post: Post) -> dict[str, Any]:
    return {"name": post.person.display_name, "role": post.title, "head": post.is_head, "until": post.until}


@require_safe
@needs(P.POSTS_APPOINT)
def bodies(request: HttpRequest) -> HttpResponse:
    kind, words = request.GET.get("kind", ""), request.GET.get("q", "").replace("\x00", "").strip()
    found = read.desk_list(request.actor, today(), kind=kind, words=words)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [{"body": b, "kind": BodyKind(b.kind).label, "places": read.places_on(b, today())} for b in page]
    context = {
        "page": page, "rows": rows, "kinds": BodyKind.choices, "kind": kind, "words": words,
        "may_create": bool(request.actor.paths_for(P.BODIES_EDIT)),
    }  # fmt: skip
    return render(request, "people/bodies/list.html", context)


@require_safe
@needs(P.POSTS_APPOINT)
def body_desk(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, day, actor = within_reach(request, pk), today(), request.actor
    current = read.in_post(found, day)
    soon = list(Post.objects.filter(body=found, since__gt=day).select_related("person", "body"))
    ending = {post.pk for post in [*current, *soon] if may_dismiss(actor, post, day)}
    rows = read.post_rows(found, day, ending)
    context = {
        "body": found, "kind": BodyKind(found.kind).label, "places": found.places.all(), "day": day,
        "posts": [r for r in rows if r.state != "past"], "past": [r for r in rows if r.state == "past"],
        "before": read.before(found), "after": read.after(found),
        "may_edit": may_edit(actor, found, day), "may_appoint": bool(appointable(actor, found, day)) and found.valid_to is None,
        "own": actor.acting is not None and actor.acting.body_id == found.pk,
    }  # fmt: skip
    return render(request, "people/bodies/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.BODIES_EDIT)
def body_create(request: HttpRequest) -> HttpResponse:
    day = today()
    at = read.standing_at(request.actor, request.GET.get("at", ""), day)
    areas = read.place_options(request.actor, at, [], day)
    form = CreateForm(request.POST or None, areas=areas, initial={"since": day})
    if request.method == "POST" and form.is_valid():
        facts = {key: form.cleaned_data[key] for key in ("kind", "name", "official_name", "since", "phone", "address", "hours")}
        made = attempt(form, create_body, actor=request.actor, places=form.chosen_places(), now=clock.now(), **facts)
        if made is not FAILED:
            messages.success(request, _("%(name)s建好了，现在可以任命人员") % {"name": made.name})
            return redirect("people:body_desk", made.pk)
    return _with_places(request, "people/bodies/create.html", form, at, {"title": _("新建单位")})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.BODIES_EDIT)
def body_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, day = editable(request, pk), today()
    at = read.standing_at(request.actor, request.GET.get("at", ""), day)
    kept = read.places_on(found, day)
    areas = read.place_options(request.actor, at, kept, day)
    form = MoveForm(request.POST or None, areas=areas, chosen={a.pk for a in kept}, initial={"on": day})
    if request.method == "POST" and form.is_valid():
        values = {"places": form.chosen_places(), "on": form.cleaned_data["on"]}
        if attempt(form, move_body, actor=request.actor, body=found, now=clock.now(), **values) is not FAILED:
            messages.success(request, _("管辖的地方改好了"))
            return redirect("people:body_desk", pk)
    return _with_places(request, "people/bodies/create.html", form, at, {"title": _("改管辖的地方"), "body": found})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.BODIES_EDIT)
def body_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = editable(request, pk)
    form = FactsForm(request.POST or None, initial={k: getattr(found, k) for k in ("phone", "address", "hours")})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, edit_body, actor=request.actor, body=found, now=clock.now(), **form.cleaned_data)
        if done is not FAILED:
            messages.success(request, _("联系方式改好了"))
            return redirect("people:body_desk", pk)
    context = {"form": form, "body": found, "title": _("改联系方式"), "label": _("保存联系方式")}
    return render(request, "people/bodies/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.BODIES_EDIT)
def body_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, day = editable(request, pk), today()
    posts = open_posts([found], day)
    form = EndForm(request.POST or None, initial={"on": day})
    if not posts:
        del form.fields["end_posts"]
    if request.method == "POST" and form.is_valid():
        values = {"on": form.cleaned_data["on"], "end_posts": form.cleaned_data.get("end_posts", False)}
        if attempt(form, end_body, actor=request.actor, body=found, now=clock.now(), **values) is not FAILED:
            messages.success(request, _("%(name)s已经定了结束的日子") % {"name": found.name})
            return redirect("people:body_desk", pk)
    context = {"form": form, "body": found, "posts": posts, "title": _("结束这个单位"), "label": _("结束"), "danger": True}
    return render(request, "people/bodies/form.html", context)


def _with_places(request: HttpRequest, template: str, form: Any, at: Any, context: dict[str, Any]) -> HttpResponse:
    actor: Actor = request.actor
    up = read.way_up(actor, at) if at else []
    down = [] if at is None else [area for area in children(at, today()) if area.level < 8]
    return render(request, template, {"form": form, "at": at, "up": up, "down": down, **context})


def within_reach(request: HttpRequest, pk: UUID) -> Body:
    """The body, where it is the actor's own or wholly in places where he may edit bodies; else 404."""
    found, actor = read.one(pk), request.actor
    if found is None or actor.acting is None:
        raise Http404
    paths = paths_on(found, today()) or [p.area.path for p in found.places.all()]
    if found.pk != actor.acting.body_id and not within(actor.paths_for(P.BODIES_EDIT), paths):
        raise Http404
    return found


def may_edit(actor: Actor, found: Body, day: date) -> bool:
    return found.valid_to is None and within(actor.paths_for(P.BODIES_EDIT), paths_on(found, day))


def editable(request: HttpRequest, pk: UUID) -> Body:
    found = within_reach(request, pk)
    if not may_edit(request.actor, found, today()):
        raise Http404
    return found
