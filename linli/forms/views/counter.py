"""Typing in for somebody: at the counter, on the telephone, from paper."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.common import clock
from linli.common.errors import UserError
from linli.common.states import UnknownTransition
from linli.people.api import P, Person, find_person, may_anywhere, needs

from .. import queries as read
from ..actions.fillings import begin_filling, drop_filling
from ..forms.counter import BeginForm
from ..models import Filling, FormKind
from ..permissions import F, may_type, typed_kinds
from ..rules.states import Channel, FillingState
from ..serving import Place, actor_of
from ..typing_pages import serve_typed

MOST = 200
OPEN = 20


@require_safe
@needs(F.FORM_TYPE)
def counter(request: HttpRequest) -> HttpResponse:
    """The forms that one types in, and what one has open."""
    actor = actor_of(request)
    words = request.GET.get("q", "").strip()[:40]
    rows = read.typed_in_use(typed_kinds(actor))
    if words:
        rows = rows.filter(title__icontains=words)
    mine = Filling.objects.begun().filter(by=actor.person, post_id=actor.post_id).select_related("version__kind", "person")
    context = {"kinds": rows[:MOST], "words": words, "open": mine.order_by("-changed_at")[:OPEN]}
    return render(request, "forms/desk/counter.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(F.FORM_TYPE)
def typing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How it comes in and for whom; the address in the QR code of the printed form."""
    kind = get_object_or_404(FormKind.objects.select_related("place", "body"), pk=pk)
    version = read.used_version(kind)
    if version is None or not may_type(actor_of(request), kind):
        raise Http404
    start = {"channel": Channel.COUNTER, "once": uuid4()}
    may_find = may_anywhere(actor_of(request), P.PEOPLE_FIND)
    form = BeginForm(request.POST if request.method == "POST" else None, initial=start, may_find=may_find)
    if request.method == "POST" and form.is_valid():
        try:
            person = _person(request, form.cleaned_data.get("number", ""))
            filling = begin_filling(
                version=version, person=person, by=actor_of(request), now=clock.now(), once=form.cleaned_data["once"],
                channel=Channel(form.cleaned_data["channel"]),
            )  # fmt: skip
        except UserError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return redirect("forms:typed", filling.pk)
    return render(request, "forms/desk/typing.html", {"kind": kind, "version": version, "form": form})


def _person(request: HttpRequest, number: str) -> Person | None:
    """Whose account it is, where he says its number. Raises UserError for a number that nobody has."""
    if not number:
        return None
    found = find_person(actor=actor_of(request), text=number, why="form", now=clock.now())
    if found is None:
        raise UserError(_("没有这个账号。不连账号也能填：空着就行"), field="number")
    return found


def _typed(request: HttpRequest, pk: UUID) -> Filling:
    """What the asking clerk himself is typing in, or typed in, for the same office."""
    found, actor = read.filling(pk), actor_of(request)
    if found is None or found.post_id is None or found.state == FillingState.DROPPED:
        raise Http404
    if found.post_id != actor.post_id or found.by_id != actor.person_id or not may_type(actor, found.version.kind):
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@needs(F.FORM_TYPE)
def typed(request: HttpRequest, pk: UUID) -> HttpResponse:
    filling = _typed(request, pk)
    address = reverse("forms:typed", args=[pk])
    if filling.state == FillingState.SENT and request.method != "POST":
        return render(request, "forms/desk/typed_in.html", {"filling": filling, "kind": filling.version.kind})
    return serve_typed(request, filling, Place(address, done=address))


@require_POST
@needs(F.FORM_TYPE)
def typed_drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    try:
        drop_filling(filling=_typed(request, pk), by=actor_of(request), now=clock.now())
        messages.success(request, _("收掉了，填过的内容已经删了"))
    except UnknownTransition:
        messages.error(request, _("已经交了，不能再收掉"))
    return redirect("forms:counter")
