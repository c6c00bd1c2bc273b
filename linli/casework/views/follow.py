"""Follow one's case: by its code from anywhere, or signed in; and all that one can do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.common import clock
from linli.common.errors import UserError
from linli.common.ids import uuid7
from linli.common.states import UnknownTransition
from linli.files.api import File, answer, store_upload
from linli.people.api import (
    MandateScope,
    TooMany,
    Try,
    client_address,
    count_try,
    public,
    refuse_if_full,
    signed_in,
    within,
)
from linli.sites.api import nearest_site, stand_in

from .. import story
from ..actions import rating
from ..forms.follow import CodeForm, MaybeWhyForm, RateForm, SayForm, WhyForm
from ..models import Case
from ..pictures import WAITING, shown_to_reporter
from ..queries import own as read
from ..rules.states import CASE, CaseState
from ..rules.words import MOST_APPEALS, MOST_REOPENS, REOPEN_WITHIN
from ..themes import theme
from .opened import actor_of, is_open_here, mine, open_here

page = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 20


@page
@public
@never_cache
def follow(request: HttpRequest) -> HttpResponse:
    """By code, of an anonymous case with its passphrase. Wrong tries are counted for the code and for the network."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = _looked_up(request, form)
        if found is not None:
            open_here(request, found)
            return redirect("casework:followed", found.pk)
    return render(request, "casework/follow/code.html", {"form": form, "hotline": settings.LINLI_INSTANCE.hotline})


def _looked_up(request: HttpRequest, form: CodeForm) -> Case | None:
    """Asked before and counted after: a full budget looks nothing up."""
    now, code = clock.now(), form.cleaned_data["code"]
    keys = ((Try.CASE_FROM, client_address(request)), (Try.CASE_CODE, code))
    try:
        for kind, key in keys:
            refuse_if_full(kind=kind, key=key, now=now)
        found = read.by_code(code, form.cleaned_data["passphrase"])
        if found is not None and found.state != CaseState.DRAFT:
            return found
        for kind, key in keys:
            count_try(kind=kind, key=key, now=now)
    except TooMany as error:
        form.add_error(None, str(error))
        return None
    form.add_error(None, _("没有这个查询码，或者口令不对。对着回执再看一遍，码是 15 位"))
    return None


@require_safe
@public
@within(MandateScope.REQUESTS)
@never_cache
def followed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every step, the promise and its changes, who has it now, and what one can do."""
    case = _mine(request, pk)
    return _shown(request, case) if case is not None else redirect("casework:follow")


def _mine(request: HttpRequest, pk: UUID) -> Case | None:
    case = mine(request, pk)
    if case is not None and (site := nearest_site(case.place)) is not None:
        stand_in(request, site)
    return case


def _shown(request: HttpRequest, case: Case) -> HttpResponse:
    now = clock.now()
    steps = list(case.steps.select_related("body", "to").order_by("-pk"))
    own = read.is_own(actor_of(request), case)
    answered = case.answered_at is not None
    context = {
        "case": case, "meta": _meta(case), "headline": story.headline(case, now), "promise": story.promise(case, steps, now),
        "timeline": story.timeline(case, steps, now), "pictures": shown_to_reporter(case), "acts": _acts(case, now), "own": own,
        "reply": case.replies.select_related("body").order_by("-number").first() if answered else None,
        "who": case.unit or case.desk, "looks": read.looks_at(case), "hotline": settings.LINLI_INSTANCE.hotline,
    }  # fmt: skip
    return render(request, "casework/follow/case.html", context)


def _meta(case: Case) -> list[str]:
    found = [str(case.get_kind_display()), str(theme(case.theme)), case.place.name, case.spot_text]
    return [one for one in found if one]


@dataclass(frozen=True)
class Act:
    """One thing that the reporter can do. `event`: the row of the table that must be there for it."""

    name: str
    event: str
    label: Any
    lead: Any
    button: Any
    form: type[forms.Form]
    verb: Callable[..., Case]
    done: Any
    pictures: bool = False


ACTS = {
    act.name: act
    for act in (
        Act("respond", "respond", gettext_lazy("补充说明"), gettext_lazy("补充了就接着办，期限接着走。"), gettext_lazy("交上去"), SayForm, rating.respond_case, gettext_lazy("补充了，接着办"), True),
        Act("rate", "rate", gettext_lazy("评价这次办理"), gettext_lazy("解决了没有、办得满不满意，分开说。都算进公开的数字，不显示您的名字。"), gettext_lazy("提交评价"), RateForm, rating.rate_case, gettext_lazy("记下了，谢谢")),
        Act("reopen", "reopen", gettext_lazy("没办好，要求重办"), gettext_lazy("只能要求一次，办结后 14 天内。会给一个新的期限。"), gettext_lazy("要求重办"), WhyForm, rating.reopen_case, gettext_lazy("重新办了，新的期限写在上面")),
        Act("appeal", "appeal", gettext_lazy("申诉"), gettext_lazy("不予受理可以申诉一次，由上一级再看。"), gettext_lazy("提出申诉"), WhyForm, rating.appeal_case, gettext_lazy("申诉了，由上一级再看")),
        Act("add", "", gettext_lazy("再补充一点"), gettext_lazy("文字、照片都行，办的人马上看得到。"), gettext_lazy("交上去"), SayForm, rating.add_to_case, gettext_lazy("补充了"), True),
        Act("withdraw", "withdraw", gettext_lazy("撤回这件事"), gettext_lazy("撤回就不办了，不能反悔；要办得重新反映。"), gettext_lazy("撤回，不办了"), MaybeWhyForm, rating.withdraw_case, gettext_lazy("撤回了")),
    )
}  # fmt: skip


def _acts(case: Case, now: Any) -> list[Act]:
    """What can be done now, the most wanted first."""
    events = set(CASE.events(case.state))
    may = {
        "respond": "respond" in events,
        "rate": case.state == CaseState.CALL_BACK or (case.state == CaseState.CLOSED and not case.outcome and case.answered_at is not None),
        "reopen": "reopen" in events and case.reopens < MOST_REOPENS and case.closed_at is not None and case.closed_at + REOPEN_WITHIN >= now,
        "appeal": "appeal" in events and case.appeals < MOST_APPEALS,
        "add": case.is_open and "respond" not in events,
        "withdraw": "withdraw" in events,
    }  # fmt: skip
    return [act for name, act in ACTS.items() if may[name]]


def act_page(name: str) -> Callable[..., HttpResponse]:
    """The page of one act: a small form of its own address."""

    @page
    @public
    @within(MandateScope.REQUESTS)
    @never_cache
    def view(request: HttpRequest, pk: UUID) -> HttpResponse:
        case = _mine(request, pk)
        if case is None:
            return redirect("casework:follow")
        act = ACTS[name]
        if act not in _acts(case, clock.now()):
            messages.warning(request, _("现在不能这样做了，请看下面现在的情况"))
            return redirect("casework:followed", pk)
        posted = request.method == "POST"
        form = act.form(request.POST if posted else None, request.FILES if posted else None)
        if posted and form.is_valid() and _done(request, case, act, form):
            messages.success(request, str(act.done))
            return redirect("casework:followed", pk)
        return render(request, "casework/follow/act.html", {"case": case, "act": act, "form": form})

    return view


def _done(request: HttpRequest, case: Case, act: Act, form: forms.Form) -> bool:
    got = form.cleaned_data
    words = {"text": got["text"]} if act.pictures else {"why": got["text"]} if "text" in got else got
    now = clock.now()
    try:
        files = _kept(got.get("attached") or [], now)
        more = {"files": files} if act.pictures else {}
        act.verb(case=case.pk, by=actor_of(request), opened=is_open_here(request, case.pk), now=now, **words, **more)
    except UnknownTransition:
        form.add_error(None, _("刚才有了变化，请看现在的情况。您写的还在"))
    except UserError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    else:
        return True
    return False


def _kept(uploads: list[Any], now: Any) -> list[File]:
    """They belong to nobody: the case may be secret."""
    key = uuid7()
    try:
        return [store_upload(one, owner=(WAITING, key), by=None, purpose="case", now=now, alt=_("反映的人给的照片")) for one in uploads]
    except UserError as error:
        raise UserError(error.message, field="attached") from None


@require_safe
@public
@never_cache
def picture(request: HttpRequest, pk: UUID, file: UUID, size: str) -> HttpResponse:
    """A picture of a case that one opened by its code."""
    case = mine(request, pk)
    found = next((one.file for one in shown_to_reporter(case) if one.file_id == file), None) if case is not None else None
    if found is None or size not in found.sizes:
        raise Http404
    return answer(request, found, size)


@require_safe
@signed_in
@within(MandateScope.REQUESTS)
def all_mine(request: HttpRequest) -> HttpResponse:
    """What one reported, the confidential ones too, and what one wrote for others."""
    actor, now = actor_of(request), clock.now()
    shown = Paginator(read.own_cases(actor), PAGE).get_page(request.GET.get("page"))
    others = list(read.entered_by(actor)[:PAGE]) if actor.mandate is None and actor.acting is None else []
    context = {"page": shown, "lines": [_line(case, now) for case in shown.object_list], "others": [_line(case, now) for case in others]}
    return render(request, "casework/follow/mine.html", {**context, "principal": actor.principal if actor.mandate else None})


def _line(case: Case, now: Any) -> dict[str, Any]:
    text, kind = story.headline(case, now)
    return {"case": case, "text": text, "kind": kind, "theme": theme(case.theme)}
