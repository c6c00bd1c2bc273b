"""One's own questions: sign another's, rate and contest an answer, take back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.calendar.api import days
from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.common.states import UnknownTransition
from linli.people.api import MandateScope, signed_in, within

from .. import words
from ..actions.answering import contest_answer, rate_answer
from ..actions.asking import withdraw_question
from ..actions.signing import sign_question
from ..forms.small import ContestForm, RateForm
from ..permissions import may_sign
from ..queries import questions as read
from ..rules import QuestionState
from .doors import actor_of, blame, framed, own

page = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = 50


@require_safe
@signed_in
@within(MandateScope.REQUESTS)
def mine(request: HttpRequest) -> HttpResponse:
    """What one asked and signed, the newest first."""
    actor, now, table = actor_of(request), clock.now(), days()
    asked = words.lines(read.asked_by(actor)[:SHOWN], now, table)
    signed = words.lines(read.signed_by(actor)[:SHOWN], now, table)
    return render(
        request, "deliberation/mine.html", {"asked": asked, "signed": signed, "acting": actor.acting}
    )


@page
@signed_in
@within(MandateScope.REQUESTS)
def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the same: one press, counted once."""
    question, actor = framed(request, pk), actor_of(request)
    if not question.is_public:
        raise Http404
    if request.method == "POST":
        return _sign(request, pk)
    context = {
        "question": question, "others": words.neighbours(question), "may": may_sign(actor, question) and actor.acting is None,
        "signed": actor.principal is not None and read.has_signed(actor.principal.pk, question), "acting": actor.acting,
        "closed": question.state == QuestionState.CLOSED,
    }  # fmt: skip
    return render(request, "deliberation/sign.html", context)


def _sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    try:
        after = sign_question(question=pk, by=actor_of(request), now=clock.now())
    except NotAllowed:
        messages.error(request, _("以单位身份不能联署，先换回个人身份"))
    except UserError as error:
        messages.error(request, str(error))
    else:
        left = after.needed - after.signed
        if after.is_gathering and left > 0:
            messages.success(request, _("联署了，还差 %(n)d 人") % {"n": left})
        else:
            messages.success(request, _("联署了，答复了就告诉您"))
    return redirect("deliberation:question", pk)


@page
@signed_in
@within(MandateScope.REQUESTS)
def rate(request: HttpRequest, pk: UUID) -> HttpResponse:
    question = own(request, pk)
    form = RateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            rate_answer(
                question=pk, solved=data["solved"], stars=data["stars"], by=actor_of(request), now=clock.now()
            )
        except UserError as error:
            blame(form, error, _("这次答复已经评过，或者问题有了变化"))
        else:
            messages.success(request, _("记下了，谢谢。这个分数算进单位的公开数字"))
            return redirect("deliberation:question", pk)
    return render(
        request,
        "deliberation/rate.html",
        {"question": question, "form": form, "answer": question.last_answer},
    )


@page
@signed_in
@within(MandateScope.REQUESTS)
def contest(request: HttpRequest, pk: UUID) -> HttpResponse:
    question = own(request, pk)
    form = ContestForm(request.POST if request.method == "POST" else None, private=question.is_private)
    if request.method == "POST" and form.is_valid():
        try:
            contest_answer(question=pk, why=form.cleaned_data["why"], by=actor_of(request), now=clock.now())
        except UserError as error:
            blame(form, error, _("问题刚才有了变化，请看现在的情况"))
        else:
            messages.success(request, _("提了异议，由上一级再答一次"))
            return redirect("deliberation:question", pk)
    return render(
        request,
        "deliberation/contest.html",
        {"question": question, "form": form, "answer": question.last_answer},
    )


@page
@signed_in
@within(MandateScope.REQUESTS)
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One question, one press."""
    question = own(request, pk)
    if request.method != "POST":
        return render(request, "deliberation/withdraw.html", {"question": question})
    try:
        withdraw_question(question=pk, by=actor_of(request), now=clock.now())
    except UserError as error:
        gone = isinstance(error, UnknownTransition)
        messages.error(request, _("已经不能撤回了，请看现在的情况") if gone else str(error))
        return redirect("deliberation:question", pk)
    messages.success(request, _("撤回了，别人看不到了"))
    return redirect("deliberation:mine")
