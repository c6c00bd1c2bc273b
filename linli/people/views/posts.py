"""Appointing and dismissing. The person is found by a number typed into a POST and carried on by a signed token."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.common import clock
from linli.common.text import mask_name, mask_phone

from ..access import needs
from ..actions.enrol import enrol_for_post
from ..actions.finding import find_person
from ..actions.posts import appoint, appointable, dismiss, may_dismiss
from ..forms.posts import DismissForm, FindForm, NewPersonPostForm, PostForm
from ..models import Body, Person, Post
from ..permissions import P
from ..policy import Actor
from .bodies import today, within_reach
from .trying import FAILED, attempt

SALT = "people.appoint"
TOKEN_SECONDS = 30 * 60


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.POSTS_APPOINT)
def post_appoint(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Three steps on one address: find, then the post of whom was found, or of somebody new."""
    body = within_reach(request, pk)
    if body.valid_to is not None or not appointable(request.actor, body, today()):
        raise Http404
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step == "appoint":
        return _appoint_found(request, body)
    if step == "enrol":
        return _appoint_new(request, body)
    form = FindForm(request.POST if step == "find" else None)
    if step == "find" and form.is_valid():
        number = form.cleaned_data["number"]
        person = attempt(form, find_person, actor=request.actor, text=number, why="post", now=clock.now())
        if person is not FAILED:
            return _found(request, body, person, number)
    return render(request, "people/bodies/appoint_find.html", {"form": form, "body": body})


def _found(request: HttpRequest, body: Body, person: Person | None, number: str) -> HttpResponse:
    if person is None:
        form = NewPersonPostForm(initial={"phone": number, "since": today()}, **_limits(request.actor, body))
        return render(request, "people/bodies/appoint_new.html", {"form": form, "body": body, "missed": True})
    if person.pk == request.actor.person_id:
        form = FindForm({"number": number})
        form.add_error("number", _("这是您自己。自己的职务要由别人任命"))
        return render(request, "people/bodies/appoint_find.html", {"form": form, "body": body})
    form = PostForm(initial={"since": today()}, **_limits(request.actor, body))
    return _confirm(request, body, person, form)


def _limits(actor: Actor, body: Body) -> dict[str, object]:
    must_end = bool(actor.acting and actor.acting.until)
    return {"roles": appointable(actor, body, today()), "must_end": must_end}


def _confirm(request: HttpRequest, body: Body, person: Person, form: PostForm) -> HttpResponse:
    token = signing.dumps([str(person.pk), str(body.pk), str(request.actor.person_id)], salt=SALT)
    phone = person.identifiers.current().filter(kind="phone").exclude(verified_at=None).first()
    context = {
        "form": form, "body": body, "token": token, "name": mask_name(person.legal_name or person.display_name),
        "shown": person.display_name, "phone": mask_phone(phone.value) if phone else "", "code": person.code[-4:],
        "own_until": request.actor.acting.until,
    }  # fmt: skip
    return render(request, "people/bodies/appoint.html", context)


def _appoint_found(request: HttpRequest, body: Body) -> HttpResponse:
    person = _of_token(request, body)
    form = PostForm(request.POST, **_limits(request.actor, body))
    if form.is_valid():
        values = {"actor": request.actor, "person": person, "body": body, "now": clock.now(), **form.cleaned_data}
        if attempt(form, appoint, **values) is not FAILED:
            return _done(request, body, person)
    return _confirm(request, body, person, form)


def _of_token(request: HttpRequest, body: Body) -> Person:
    try:
        person, place, by = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=TOKEN_SECONDS)
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    if place != str(body.pk) or by != str(request.actor.person_id):
        raise Http404
    found = Person.objects.living().filter(pk=person).first()
    if found is None:
        raise Http404
    return found


def _appoint_new(request: HttpRequest, body: Body) -> HttpResponse:
    form = NewPersonPostForm(request.POST, **_limits(request.actor, body))
    if form.is_valid():
        person = attempt(form, _enrol_and_appoint, actor=request.actor, body=body, said=form.cleaned_data)
        if person is not FAILED:
            return _done(request, body, person)
    return render(request, "people/bodies/appoint_new.html", {"form": form, "body": body})


@transaction.atomic
def _enrol_and_appoint(*, actor: Actor, body: Body, said: dict[str, object]) -> Person:
    now = clock.now()
    post = {key: said[key] for key in ("title", "role", "is_head", "since", "until")}
    person = enrol_for_post(actor=actor, name=str(said["name"]), phone=str(said["phone"]), now=now)
    appoint(actor=actor, person=person, body=body, now=now, **post)  # type: ignore[arg-type]
    return person


def _done(request: HttpRequest, body: Body, person: Person) -> HttpResponse:
    facts = {"name": person.display_name, "body": body.name}
    messages.success(request, _("任命好了：%(name)s，%(body)s。有手机的已发短信") % facts)
    return redirect("people:body_desk", body.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.POSTS_APPOINT)
def post_dismiss(request: HttpRequest, pk: UUID) -> HttpResponse:
    post = Post.objects.select_related("person", "body").filter(pk=pk).first()
    if post is None or not may_dismiss(request.actor, post, today()) or (post.until and post.until <= today()):
        raise Http404
    form = DismissForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {"post": post, "reason": form.cleaned_data["reason"], "now": clock.now()}
        if attempt(form, dismiss, actor=request.actor, **values) is not FAILED:
            messages.success(request, _("已免去。%(name)s的权限现在就没有了") % {"name": post.person.display_name})
            return redirect("people:body_desk", post.body_id)
    return render(request, "people/bodies/dismiss.html", {"form": form, "post": post, "body": post.body})


