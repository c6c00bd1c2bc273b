"""The whole form on one page, for who types it in for others; and how it looks, for who makes it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from linli.common import clock
from linli.common.errors import UserError
from linli.common.states import UnknownTransition

from .actions.fillings import outcome_of, save_step, send_filling
from .filling_form import FillingForm
from .models import Filling, FormVersion
from .rules.answers import Outcome
from .rules.definition import Field, Step
from .rules.states import Channel, FillingState
from .serving import Place, actor_of, asked, render_filling


def serve_typed(request: HttpRequest, filling: Filling, place: Place) -> HttpResponse:
    """The whole form on one page for who types it in: at the counter, from paper, or as a script for the telephone.

    “Refresh” shows what the answers so far ask for; without scripts, as often as needed.
    """
    if filling.state == FillingState.SENT:
        return redirect(place.done)
    if filling.state != FillingState.BEGUN or filling.expires_at < clock.now():
        raise Http404
    definition, spoken = filling.version.definition, filling.channel == Channel.PHONE
    every = _every(definition.fields)
    if request.method != "POST":
        out = outcome_of(filling)
        form = FillingForm(filling=filling, shown=asked(out.shown.values(), out), masked=True, spoken=spoken)
        return _typed_page(request, filling, place, out, form)
    probe = FillingForm(request.POST, filling=filling, shown=every, masked=True)
    out = probe.weigh(whole=False)
    send = request.POST.get("do") == "send" and "more" not in request.POST
    form = FillingForm(request.POST, filling=filling, shown=asked(out.shown.values(), out), masked=True, spoken=spoken)
    form.weigh(whole=send)
    try:
        with transaction.atomic():
            saved = save_step(filling=filling, fields=[*every], values=form.values, page="", by=actor_of(request), now=clock.now())
            if send and not form.errors:
                sent = send_filling(filling=saved, by=actor_of(request), now=clock.now())
                if place.sent:
                    place.sent(sent)
                return redirect(place.done)
    except UnknownTransition:
        return redirect(place.done)
    except UserError as error:
        form.add_error(None, str(error))
    return _typed_page(request, filling, place, out, form)


def _every(fields: Iterable[Field]) -> dict[str, tuple[Field, bool]]:
    """All fields of the form, shown or not: what was typed into one that is hidden by now is read and let go."""
    return {one.key: (one, one.required) for one in fields}


def _typed_page(request: HttpRequest, filling: Filling, place: Place, out: Outcome, form: FillingForm) -> HttpResponse:
    """Step by step, with the conditional ones marked, so that the typist sees why something came up."""
    parts = {part.one.key: part for part in form.parts}
    steps = [(step, [parts[one.key] for one in step.fields if one.key in parts]) for step in out.steps]
    template = "forms/desk/phone.html" if form.spoken else "forms/desk/typed.html"
    context = {"form": form, "groups": [(step, some) for step, some in steps if some]}
    return render_filling(request, template, filling, place, context)


def preview(version: FormVersion, channel: Channel) -> list[tuple[Step, FillingForm]]:
    """Every step with all its questions, conditions left aside; of a filling that is in no table."""
    now = clock.now()
    row = Filling(version=version, channel=channel, begun_at=now, changed_at=now, expires_at=now)
    return [
        (step, FillingForm(filling=row, shown=_every(step.fields), spoken=channel == Channel.PHONE))
        for step in version.definition.steps
        if step.fields
    ]
