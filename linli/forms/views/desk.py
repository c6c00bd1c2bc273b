"""The desk of forms: made, published, withdrawn, taken out and in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.areas.api import Area
from linli.common import clock
from linli.common.errors import UserError
from linli.common.states import UnknownTransition
from linli.people.api import Body, needs

from .. import queries as read
from ..actions.kinds import (
    change_draft,
    create_form,
    discard_draft,
    draft_of,
    publish_form,
    shape_form,
    withdraw_form,
)
from ..forms.editor import FrameForm, ImportForm, NewForm, ReasonForm
from ..models import Filling, FormKind, FormVersion
from ..permissions import F, is_of, own_kinds
from ..rules.document import as_text
from ..rules.editing import not_ready
from ..rules.states import Audience, VersionState
from ..serving import actor_of

page = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 50


def own_kind(request: HttpRequest, pk: UUID, permission: F = F.FORM_EDIT) -> FormKind:
    """The form, for the desk of its body; for all others it is not there."""
    kind: FormKind | None = FormKind.objects.select_related("body", "place").filter(pk=pk).first()
    if kind is None or not is_of(actor_of(request), permission, kind):
        raise Http404
    return kind


@require_safe
@needs(F.FORM_EDIT)
def desk(request: HttpRequest) -> HttpResponse:
    rows = Paginator(read.with_counts(own_kinds(actor_of(request))), PAGE).get_page(request.GET.get("page"))
    return render(request, "forms/desk/list.html", {"page": rows})


@page
@needs(F.FORM_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """A form from nothing, or from a copy of one that is in use."""
    actor, now = actor_of(request), clock.now()
    assert actor.acting is not None
    places = Area.objects.filter(path__in=actor.acting.paths).order_by("path")
    body = Body.objects.get(pk=actor.acting.body_id)
    form = NewForm(request.POST if request.method == "POST" else None, places=places, kinds=own_kinds(actor).order_by("title"))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        source = FormVersion.objects.filter(kind=data["copy"]).order_by("-number").first() if data["copy"] else None
        try:
            kind = create_form(
                key=data["key"], title=data["title"], body=body, place=data["place"], audience=Audience(data["audience"]), by=actor,
                now=now, definition=source.definition if source else None,
            )  # fmt: skip
        except UserError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return redirect("forms:edit", kind.pk)
    return render(request, "forms/desk/new.html", {"form": form})


@require_safe
@needs(F.FORM_EDIT)
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Its versions, what was sent, and the ways on."""
    kind = own_kind(request, pk)
    versions = list(FormVersion.objects.filter(kind=kind).select_related("published_by", "changed_by").order_by("-number"))
    context = {
        "kind": kind, "versions": versions, "used": next((v for v in versions if v.state == VersionState.PUBLISHED), None),
        "draft": next((v for v in versions if v.state == VersionState.DRAFT), None), "sent": read.sent_to(kind).count(),
        "begun": Filling.objects.begun().filter(version__kind=kind).count(), "open_to": Audience(kind.audience).label,
        "has_page": kind.audience != Audience.STAFF,
    }  # fmt: skip
    return render(request, "forms/desk/one.html", context)


@page
@needs(F.FORM_EDIT)
def shape(request: HttpRequest, pk: UUID) -> HttpResponse:
    kind = own_kind(request, pk)
    start = {"title": kind.title, "audience": kind.audience}
    form = FrameForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        shape_form(kind=kind, title=data["title"], audience=Audience(data["audience"]), by=actor_of(request), now=clock.now())
        messages.success(request, _("改好了"))
        return redirect("forms:one", pk)
    return render(request, "forms/desk/shape.html", {"kind": kind, "form": form})




@page
@needs(F.FORM_EDIT)
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Why, and what it means for those who are filling it in."""
    kind = own_kind(request, pk)
    draft = FormVersion.objects.filter(kind=kind, state=VersionState.DRAFT).first()
    if draft is None:
        return redirect("forms:one", pk)
    form = ReasonForm(request.POST if request.method == "POST" else None, initial={"revision": draft.revision})
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            publish_form(
                draft=draft, revision=-1 if revision is None else revision, why=form.cleaned_data["why"], by=actor_of(request),
                now=clock.now(),
            )  # fmt: skip
        except UserError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("发布了，从现在起用这一版"))
            return redirect("forms:one", pk)
    begun = Filling.objects.begun().filter(version__kind=kind).count()
    context = {"kind": kind, "draft": draft, "form": form, "begun": begun, "wanting": not_ready(draft.definition)}
    return render(request, "forms/desk/publish.html", context)


@page
@needs(F.FORM_EDIT)
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    kind = own_kind(request, pk)
    used = FormVersion.objects.filter(kind=kind, state=VersionState.PUBLISHED).first()
    if used is None:
        return redirect("forms:one", pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_form(version=used, why=form.cleaned_data["why"], by=actor_of(request), now=clock.now())
        except UserError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("停用了"))
            return redirect("forms:one", pk)
    return render(request, "forms/desk/withdraw.html", {"kind": kind, "form": form})


@require_POST
@needs(F.FORM_EDIT)
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The draft is not wanted; the version in use goes on."""
    kind = own_kind(request, pk)
    draft = FormVersion.objects.filter(kind=kind, state=VersionState.DRAFT).first()
    if draft is not None:
        try:
            discard_draft(draft=draft, by=actor_of(request), now=clock.now())
            messages.success(request, _("草稿收掉了"))
        except UnknownTransition:
            messages.error(request, _("草稿已经发布了"))
    return redirect("forms:one", pk)


@require_safe
@needs(F.FORM_EDIT)
def definition(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The newest definition as a file: a JSON Schema that other programs read too."""
    kind = own_kind(request, pk)
    last = FormVersion.objects.filter(kind=kind).order_by("-number").first()
    assert last is not None
    response = HttpResponse(as_text(last.definition), content_type="application/schema+json; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{kind.key}-{last.number}.json") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@page
@needs(F.FORM_EDIT)
def take_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A definition from a file in place of the draft; each of its faults is named with its path."""
    kind = own_kind(request, pk)
    draft = draft_of(kind=kind, by=actor_of(request), now=clock.now()) if request.method == "POST" else None
    there = draft or FormVersion.objects.filter(kind=kind).order_by("-number").first()
    assert there is not None
    start = {"revision": there.revision if there.state == VersionState.DRAFT else 0}
    form = ImportForm(request.POST if request.method == "POST" else None, request.FILES or None, initial=start)
    if draft is not None and form.is_valid():
        data = form.cleaned_data
        try:
            change_draft(draft=draft, revision=data["revision"], definition=data["definition"], by=actor_of(request), now=clock.now())
        except UserError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("读进来了，看一遍再发布"))
            return redirect("forms:edit", pk)
    return render(request, "forms/desk/import.html", {"kind": kind, "form": form})
