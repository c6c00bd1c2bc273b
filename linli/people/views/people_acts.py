"""What staff do at the counter for a person without a phone, or who lost it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from linli.common import clock

from ..access import needs
from ..actions.enrol import enrol_person
from ..actions.finding import find_person
from ..actions.people_desk import (
    add_guardian,
    merge_people,
    print_card,
    replace_phone,
    take_factor_away,
)
from ..forms.people_desk import EnrolForm, FactorForm, NumberForm, PapersForm, PhoneForm
from ..models import Body, Person
from ..permissions import P
from ..queries.reach import may_take_in_hand, place_of
from ..queries.residency import masked_name
from .bodies import today
from .people_desk import reachable
from .trying import FAILED, attempt


def _in_hand(request: HttpRequest, pk: UUID) -> Person:
    found, _place = reachable(request, pk)
    if not may_take_in_hand(request.actor, found, today()):
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.PEOPLE_ENROL)
def enrol(request: HttpRequest) -> HttpResponse:
    form = EnrolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, enrol_person, actor=request.actor, now=clock.now(), **form.cleaned_data)
        if made is not FAILED:
            messages.success(request, _("账号建好了。接着印卡，再登记住处"))
            return redirect("people:person", made.pk)
    return render(request, "people/people_desk/enrol.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.PEOPLE_ENROL)
def card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The answer to the POST is the printed card itself: its secret is on no other page and in no address."""
    found = _in_hand(request, pk)
    form = PapersForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        secret = attempt(form, print_card, actor=request.actor, person=found, now=clock.now(), **form.cleaned_data)
        if secret is not FAILED:
            body = Body.objects.get(pk=request.actor.acting.body_id)
            context = {
                "person": found, "name": found.legal_name or found.display_name, "secret": secret, "body": body,
                "site": settings.LINLI_ORIGIN.split("://", 1)[1], "day": today(),
            }  # fmt: skip
            return render(request, "people/people_desk/card.html", context)
    context = {
        "person": found, "form": form, "name": masked_name(found), "title": _("印登录卡"), "label": _("印一张新卡"),
        "why": _("印了新卡，旧卡作废，正在用的登录会断开。密码只在打印的这一页出现一次。"),
    }  # fmt: skip
    return render(request, "people/people_desk/act.html", context)


@dataclass(frozen=True)
class Act:
    """A deed of one form: what it says, and what it does with a form that is right (FAILED where it was refused)."""

    form: type[PapersForm]
    run: Callable[[Any, Person, Any], Any]
    done: Any
    title: Any
    label: Any
    why: Any


def _serve(request: HttpRequest, pk: UUID, act: Act) -> HttpResponse:
    found = _in_hand(request, pk)
    form = act.form(request.POST or None)
    if request.method == "POST" and form.is_valid() and act.run(request, found, form) is not FAILED:
        messages.success(request, str(act.done))
        return redirect("people:person", pk)
    context = {
        "person": found, "form": form, "name": masked_name(found), "title": act.title, "label": act.label, "why": act.why,
    }  # fmt: skip
    return render(request, "people/people_desk/act.html", context)


def _own(action: Callable[..., Any]) -> Callable[[Any, Person, Any], Any]:
    """An action on the person alone, with the answers of its form."""

    def run(request: Any, found: Person, form: Any) -> Any:
        return attempt(form, action, actor=request.actor, person=found, now=clock.now(), **form.cleaned_data)

    return run


def _with_other(action: Callable[..., Any], found_as: str, other_as: str, *, in_hand: bool) -> Callable[[Any, Person, Any], Any]:
    """An action on the person and another, whom the form names by his number."""

    def run(request: Any, found: Person, form: Any) -> Any:
        other = _other(request, form, in_hand=in_hand)
        if other is None:
            return FAILED
        values = {found_as: found, other_as: other, "papers": form.cleaned_data["papers"], "now": clock.now()}
        return attempt(form, action, actor=request.actor, **values)

    return run


PHONE = Act(
    PhoneForm, _own(replace_phone), _("换好了。现在用新号码登录，旧号码已作废"), _("换手机号"), _("换成这个号码"),
    _("手机丢了或号码不用了，本人带证件来换。旧号码会收到一条短信。"),
)  # fmt: skip
FACTOR = Act(
    FactorForm, _own(take_factor_away), _("取下了，已告诉本人"), _("取下第二重验证"), _("取下并告诉本人"),
    _("手机丢了、验证器打不开，本人带证件来取下。正在用的登录会断开，有职务的下次登录要重新设。"),
)  # fmt: skip
MERGE = Act(
    NumberForm, _with_other(merge_people, "keep", "drop", in_hand=True), _("合并好了，以后都用这个账号"), _("合并两个账号"),
    _("并到这个账号"),
    _("填另一个账号的号码。它的住处、职务和手机号都转到这个账号，原来的密码和卡作废，不能再分开。"),
)  # fmt: skip
GUARDIAN = Act(
    NumberForm, _with_other(add_guardian, "child", "guardian", in_hand=False), _("加好了。监护人登录后可以替孩子办事"),
    _("加一位监护人"), _("加为监护人"), _("填监护人自己的卡号或手机号。到孩子 14 周岁那天自动结束。"),
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.PEOPLE_ENROL)
def phone(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _serve(request, pk, PHONE)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.PEOPLE_ENROL)
def factor(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _serve(request, pk, FACTOR)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.PEOPLE_ENROL)
def merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The other account is named by its number; it goes into this one."""
    return _serve(request, pk, MERGE)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.PEOPLE_ENROL)
def guardian(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _serve(request, pk, GUARDIAN)


def _other(request: HttpRequest, form: NumberForm, *, in_hand: bool = True) -> Person | None:
    """Whom the number names; what may not be touched is as unknown as what does not exist."""
    number = form.cleaned_data["number"]
    other = attempt(form, find_person, actor=request.actor, text=number, why="desk", now=clock.now())
    if other is FAILED:
        return None
    if in_hand and other is not None:
        day = today()
        if place_of(request.actor, other, P.PEOPLE_ENROL, day) is None or not may_take_in_hand(request.actor, other, day):
            other = None
    if other is None:
        form.add_error("number", _("没有找到"))
    return other
