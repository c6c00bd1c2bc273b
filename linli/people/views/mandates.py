"""My mandates: given, held, one more, and back. Staff take down those of people without the web."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.common import audit, clock
from linli.common.errors import NotAllowed, UserError
from linli.design import dates

from ..access import needs, signed_in
from ..actions import mandates as actions
from ..forms.mandates import ConfirmForm, PrincipalForm, RecordForm, TermForm, blame
from ..mandate_rules import Period, read_back, scope_words
from ..models import Mandate, Person
from ..permissions import P
from ..queries import mandates as queries
from ..queries.mandates import person_by_card
from ..queries.reach import place_of
from ..rules import MandateHow
from ..scopes import oneself

page = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@require_safe
@oneself
def home(request: HttpRequest) -> HttpResponse:
    person, today = request.actor.person, clock.local_date(clock.now())  # type: ignore[attr-defined]
    context = {
        "given": [card(row, row.agent) for row in queries.given(person, today)],
        "held": [card(row, row.principal) for row in queries.held(person, today)],
        "past": [card(row, row.agent) for row in queries.past(person, today)],
        "person": person,
    }
    return render(request, "people/mandates/home.html", context)


def card(row: Mandate, other: Person) -> dict[str, Any]:
    """A mandate as its page shows it; `other` is the person who is not reading."""
    return {
        "key": row.pk,
        "name": other.display_name,
        "scopes": scope_words(row.scopes),
        "how": row.get_how_display(),
        "last_day": dates.long_day_text(last_day(row)),
        "revoked_at": row.revoked_at,
        "ward": row.how == MandateHow.GUARDIAN,
    }


def last_day(row: Mandate) -> Any:
    return row.until - (row.until.resolution)


@signed_in
@page
@oneself
def give(request: HttpRequest) -> HttpResponse:
    """Fill in, look once more, give. What was typed travels in the form, never in the address."""
    now = clock.now()
    form = TermForm(request.POST or None, today=clock.local_date(now), initial={"period": Period.YEAR})
    step = request.POST.get("step", "")
    if request.method == "POST" and form.is_valid() and step != "edit":
        if step != "give":
            return render(request, "people/mandates/give_check.html", {"form": form, "rows": term_rows(form), "kept": kept(form)})
        try:
            mandate = actions.give_mandate(
                by=request.actor,  # type: ignore[attr-defined]
                agent=form.agent,
                scopes=form.cleaned_data["scopes"],
                last_day=form.last_day,
                now=now,
            )
        except UserError as error:
            blame(form, error)
        else:
            name = mandate.agent.display_name
            messages.success(request, _("办好了：%(name)s可以替您办事了，随时能撤回") % {"name": name})
            return redirect("people:mandates")
    return render(request, "people/mandates/give.html", {"form": form})


def kept(*forms: Form) -> list[tuple[str, str]]:
    """What was typed, to be carried on in hidden fields."""
    return [(name, value) for form in forms for name in form.fields for value in _typed(form, name)]


def _typed(form: Form, name: str) -> list[str]:
    data = form.data
    return data.getlist(name) if isinstance(data, QueryDict) else []


def term_rows(form: TermForm) -> list[dict[str, str]]:
    day = dates.long_day_text(form.last_day)
    return [
        {"label": _("受托人"), "value": form.agent.display_name},
        {"label": _("办什么"), "value": scope_words(form.cleaned_data["scopes"])},
        {"label": _("最后一天"), "value": day},
    ]


@signed_in
@require_POST
@oneself
def revoke(request: HttpRequest, key: UUID) -> HttpResponse:
    """One press, at once: the principal takes it back, the agent gives it back."""
    me = request.actor.person_id  # type: ignore[attr-defined]
    mandate = get_object_or_404(Mandate.objects.filter(Q(principal=me) | Q(agent=me)), pk=key)
    names = _revoke(request, mandate)
    if me == mandate.principal_id:
        messages.success(request, _("撤回了：%(agent)s不能再替您办事") % names)
    else:
        messages.success(request, _("退回了：您不再替%(principal)s办事") % names)
    return redirect("people:mandates")


@needs(P.MANDATES_RECORD)
@require_POST
def desk_revoke(request: HttpRequest, key: UUID) -> HttpResponse:
    """The same for a person within reach who cannot do it himself."""
    mandate = get_object_or_404(Mandate, pk=key)
    today = clock.local_date(clock.now())
    if place_of(request.actor, mandate.principal, P.MANDATES_RECORD, today) is None:  # type: ignore[attr-defined]
        raise Http404
    names = _revoke(request, mandate)
    messages.success(request, _("撤回了：%(agent)s不能再替%(principal)s办事") % names)
    return redirect("people:mandates_desk")


def _revoke(request: HttpRequest, mandate: Mandate) -> dict[str, str]:
    """Both names, for the answer."""
    try:
        actions.revoke_mandate(by=request.actor, mandate=mandate, now=clock.now())  # type: ignore[attr-defined]
    except NotAllowed:
        raise Http404 from None
    return {"principal": mandate.principal.display_name, "agent": mandate.agent.display_name}


@needs(P.MANDATES_RECORD)
@page
def desk(request: HttpRequest) -> HttpResponse:
    """Name the person by card and name; see his mandates; take one down."""
    form = PrincipalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            principal = reachable(request, form)
        except UserError as error:
            blame(form, error)
        else:
            step = request.POST.get("step", "")
            step = step if step in ("check", "edit", "record") else "look"
            return _record(request, form, principal, step)
    return render(request, "people/mandates/desk.html", {"form": form})


def reachable(request: HttpRequest, form: PrincipalForm) -> Person:
    """The person within the actor's places. The answer is the same for one outside and for one who is not there."""
    data = form.cleaned_data
    person = person_by_card(data["principal_card"], data["principal_name"], field="principal_card")
    today = clock.local_date(clock.now())
    if place_of(request.actor, person, P.MANDATES_RECORD, today) is None:  # type: ignore[attr-defined]
        raise UserError(_("卡号和名字对不上。请对着他的登录卡再看一遍"), field="principal_card")
    return person


def _record(request: HttpRequest, who: PrincipalForm, principal: Person, step: str) -> HttpResponse:
    """The steps after the person is known: his mandates with an empty form, the check, the record."""
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    today = clock.local_date(now)
    data = request.POST if step != "look" else None
    form = RecordForm(data, today=today, initial={"period": Period.YEAR})
    confirm = None
    if data is not None and form.is_valid() and step != "edit":
        how = form.cleaned_data["how"]
        confirm = ConfirmForm(data if step == "record" else None, how=how)
        if step == "record" and confirm.is_valid():
            try:
                actions.record_mandate(
                    by=actor, principal=principal, agent=form.agent, scopes=form.cleaned_data["scopes"],
                    last_day=form.last_day, how=how, confirmed=confirm.cleaned_data["confirmed"], now=now,
                )  # fmt: skip
            except UserError as error:
                blame(form, error)
                confirm = None
            else:
                names = {"principal": principal.display_name, "agent": form.agent.display_name}
                messages.success(request, _("登记好了：%(agent)s可以替%(principal)s办事") % names)
                return redirect("people:mandates_desk")
    if step == "look":
        place = place_of(actor, principal, P.MANDATES_RECORD, today)
        audit.record(actor=actor, action="mandate.look", subject=principal, about=principal, place=place, now=now)
    if confirm is not None:
        return render(request, "people/mandates/record_check.html", check_context(who, form, confirm, principal))
    rows = [card(row, row.agent) for row in queries.given(principal, today)]
    context = {"form": form, "principal": principal, "rows": rows, "kept": kept(who)}
    return render(request, "people/mandates/record.html", context)


def check_context(who: PrincipalForm, form: RecordForm, confirm: ConfirmForm, principal: Person) -> dict[str, Any]:
    how = MandateHow(form.cleaned_data["how"])
    aloud = ""
    if how == MandateHow.PHONE:
        aloud = read_back(
            principal=principal.display_name,
            agent=form.agent.display_name,
            scopes=form.cleaned_data["scopes"],
            day=dates.long_day_text(form.last_day),
        )
    rows = [
        {"label": _("委托人"), "value": principal.display_name},
        *term_rows(form),
        {"label": _("方式"), "value": str(how.label)},
    ]
    return {"form": confirm, "rows": rows, "aloud": aloud, "kept": kept(who, form)}
