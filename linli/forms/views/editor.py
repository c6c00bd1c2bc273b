"""The editor of a draft: steps and questions by plain forms; every change is one POST and knows what it was made upon."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.common import clock
from linli.common.errors import UserError
from linli.people.api import needs

from ..actions.kinds import change_draft, draft_of, overtaken
from ..forms.questions import FieldForm, StepForm
from ..models import FormKind, FormVersion
from ..permissions import F
from ..rules import editing
from ..rules.definition import Definition, Field, Step
from ..rules.editing import not_ready
from ..rules.said import say
from ..rules.states import Channel, VersionState
from ..serving import actor_of
from ..typing_pages import preview as preview_steps
from .desk import own_kind
from .public import render_paper

page = require_http_methods(["GET", "HEAD", "POST"])
MOVES: dict[str, Callable[[Definition, str], Definition]] = {
    "step-up": lambda form, key: editing.move_step(form, key, -1),
    "step-down": lambda form, key: editing.move_step(form, key, 1),
    "step-drop": editing.drop_step,
    "field-up": lambda form, key: editing.move_field(form, key, -1),
    "field-down": lambda form, key: editing.move_field(form, key, 1),
    "field-drop": editing.drop_field,
}


def _draft(kind: FormKind) -> FormVersion | None:
    return FormVersion.objects.filter(kind=kind, state=VersionState.DRAFT).select_related("changed_by").first()


def _must_draft(kind: FormKind) -> FormVersion:
    found = _draft(kind)
    if found is None:
        raise Http404
    return found


@page
@needs(F.FORM_EDIT)
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The whole draft at a glance; up, down and away by buttons."""
    kind = own_kind(request, pk)
    if request.method == "POST":
        return _change(request, kind)
    draft = _draft(kind)
    if draft is None:
        return redirect("forms:one", pk)
    definition = draft.definition
    steps = [
        (step, say(step.shown_if, definition), [(one, say(one.shown_if, definition)) for one in step.fields]) for step in definition.steps
    ]
    context = {"kind": kind, "draft": draft, "definition": definition, "steps": steps, "wanting": not_ready(definition)}
    return render(request, "forms/desk/edit.html", context)


def _change(request: HttpRequest, kind: FormKind) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    move = MOVES.get(request.POST.get("do", ""))
    draft = draft_of(kind=kind, by=actor, now=now)
    if move is not None:
        try:
            definition = move(draft.definition, request.POST.get("key", "")[:60])
            change_draft(draft=draft, revision=_revision(request), definition=definition, by=actor, now=now)
        except UserError as error:
            messages.error(request, str(error))
    return redirect("forms:edit", kind.pk)


def _revision(request: HttpRequest) -> int:
    text = request.POST.get("revision", "")[:9]
    return int(text) if text.isascii() and text.isdigit() else -1


@page
@needs(F.FORM_EDIT)
def step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A step, by `?step=`; a new one without."""
    kind = own_kind(request, pk)
    draft = _must_draft(kind)
    key = request.GET.get("step", "")
    old = next((one for one in draft.definition.steps if one.key == key), None)
    if key and old is None:
        return _gone(request, kind)
    posted = request.POST if request.method == "POST" else None
    form = StepForm.of(old, posted, definition=draft.definition, revision=draft.revision)
    if posted is not None and form.is_valid():
        made: StepForm = form
        if _saved(request, draft, made, lambda: editing.put_step(draft.definition, made.step(old))):
            return redirect(f"{reverse('forms:edit', args=[pk])}#end")
    return render(request, "forms/desk/step.html", {"kind": kind, "form": form, "old": old})


@page
@needs(F.FORM_EDIT)
def field(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A question, by `?field=`; a new one at the end of the step `?add=`."""
    kind = own_kind(request, pk)
    draft = _must_draft(kind)
    place, old = _place(draft.definition, request.GET.get("field", ""), request.GET.get("add", ""))
    if place is None:
        return _gone(request, kind)
    posted = request.POST if request.method == "POST" else None
    form = FieldForm.of(old, posted, definition=draft.definition, step=place, revision=draft.revision)
    if posted is not None and form.is_valid():
        made: FieldForm = form
        if _saved(request, draft, made, lambda: editing.put_field(draft.definition, place.key, made.field(old))):
            return redirect(f"{reverse('forms:edit', args=[pk])}#{place.key}")
    return render(request, "forms/desk/field.html", {"kind": kind, "form": form, "old": old, "step": place})


def _place(definition: Definition, field_key: str, step_key: str) -> tuple[Step | None, Field | None]:
    if field_key:
        found = next((step for step in definition.steps if any(one.key == field_key for one in step.fields)), None)
        return found, definition.find(field_key)
    return next((step for step in definition.steps if step.key == step_key), None), None


def _gone(request: HttpRequest, kind: FormKind) -> HttpResponse:
    messages.error(request, _("这一处刚被别人拿掉了"))
    return redirect("forms:edit", kind.pk)


def _saved(request: HttpRequest, draft: FormVersion, form: StepForm | FieldForm, make: Callable[[], Definition]) -> bool:
    """Whether the change was written; what stood against it is in the form, where what was typed is kept."""
    revision = form.cleaned_data["revision"]
    try:
        if revision != draft.revision:
            raise UserError(overtaken(draft))
        change_draft(draft=draft, revision=revision, definition=make(), by=actor_of(request), now=clock.now())
    except UserError as error:
        form.add_error(None, str(error))
        return False
    return True


@require_safe
@needs(F.FORM_EDIT)
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How the newest version looks on the web, at the counter, on the telephone (`?as=`) and on paper."""
    kind = own_kind(request, pk)
    rows = FormVersion.objects.filter(kind=kind).select_related("kind__body", "kind__place").order_by("-number")
    version = rows.first()
    assert version is not None
    shape = request.GET.get("as", "web")
    if shape == "paper":
        return render_paper(request, version, f"{reverse('forms:preview', args=[pk])}?as=web")
    channel = {"phone": Channel.PHONE, "counter": Channel.COUNTER}.get(shape, Channel.WEB)
    shapes = [("web", _("网上")), ("counter", _("窗口")), ("phone", _("电话")), ("paper", _("纸面"))]
    definition = version.definition
    steps = [
        (step, say(step.shown_if, definition), list(form.parts), [say(one.shown_if, definition) for one in step.fields])
        for step, form in preview_steps(version, channel)
    ]
    context = {
        "kind": kind, "version": version, "definition": definition, "shape": str(channel), "shapes": shapes,
        "steps": [(step, when, list(zip(parts, whens, strict=True))) for step, when, parts, whens in steps],
    }  # fmt: skip
    return render(request, "forms/desk/preview.html", context)
