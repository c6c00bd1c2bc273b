"""What staff do at the counter for a person without a phone, or who lost it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.common import clock

from ..access import needs
from ..actions.enrol import enrol_person
from ..actions.finding import find_person
from ..actions.people_desk import add_guardian, merge_people, print_card, replace_phone
from ..forms.people_desk import EnrolForm, NumberForm, PapersForm, PhoneForm
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


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.PEOPLE_ENROL)
def phone(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _in_hand(request, pk)
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, replace_phone, actor=request.actor, person=found, now=clock.now(), **form.cleaned_data)
        if done is not FAILED:
            messages.success(request, _("换好了。现在用新号码登录，旧号码已作废"))
            return redirect("people:person", pk)
    context = {
        "person": found, "form": form, "name": masked_name(found), "title": _("换手机号"), "label": _("换成这个号码"),
        "why": _("手机丢了或号码不用了，本人带证件来换。旧号码会收到一条短信。"),
    }  # fmt: skip
    return render(request, "people/people_desk/act.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.PEOPLE_ENROL)
def merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The other account is named by its number; it goes into this one."""
    found = _in_hand(request, pk)
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        other = _other(request, form)
        if other is not None:
            values = {"keep": found, "drop": other, "papers": form.cleaned_data["papers"], "now": clock.now()}
            if attempt(form, merge_people, actor=request.actor, **values) is not FAILED:
                messages.success(request, _("合并好了，以后都用这个账号"))
                return redirect("people:person", pk)
    context = {
        "person": found, "form": form, "name": masked_name(found), "title": _("合并两个账号"), "label": _("并到这个账号"),
        "why": _("填另一个账号的号码。它的住处、职务和手机号都转到这个账号，原来的密码和卡作废，不能再分开。"),
    }  # fmt: skip
    return render(request, "people/people_desk/act.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.PEOPLE_ENROL)
def guardian(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _in_hand(request, pk)
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        other = _other(request, form, in_hand=False)
        if other is not None:
            values = {"child": found, "guardian": other, "papers": form.cleaned_data["papers"], "now": clock.now()}
            if attempt(form, add_guardian, actor=request.actor, **values) is not FAILED:
                messages.success(request, _("加好了。监护人登录后可以替孩子办事"))
                return redirect("people:person", pk)
    context = {
        "person": found, "form": form, "name": masked_name(found), "title": _("加一位监护人"), "label": _("加为监护人"),
        "why": _("填监护人自己的卡号或手机号。到孩子 14 周岁那天自动结束。"),
    }  # fmt: skip
    return render(request, "people/people_desk/act.html", context)


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
