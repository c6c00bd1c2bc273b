"""The desk of appeals: what waits for the actor's tier, and one of them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.common import clock
from linli.people.api import needs

from ..actions.appeals import decide_appeal
from ..forms.moderation import DecideForm
from ..models import Appeal
from ..permissions import F
from ..queries.appeals import appeals_at, may_decide_appeal, open_appeals
from ..speech_rules import AppealState
from .moderating import actor_of, appeal_tag, line_of, tried, words_of

PAGE = 30


@require_safe
@needs(F.FORUM_APPEAL)
def appeals(request: HttpRequest) -> HttpResponse:
    """What has to be answered, the soonest due first; `?show=done`: what was."""
    actor, done, today = actor_of(request), request.GET.get("show") == "done", clock.local_date(clock.now())
    rows = (
        appeals_at(actor).exclude(state=AppealState.LODGED).order_by("-decided_at")
        if done
        else open_appeals(actor)
    )
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "appeal": one,
            "line": line_of(one.act, actor),
            "tag": appeal_tag(one),
            "late": not done and one.due_on and one.due_on < today,
        }
        for one in shown.object_list
    ]
    context = {
        "lines": lines,
        "page": shown,
        "done": done,
        "moderates": F.FORUM_MODERATE in actor.permissions,
    }
    return render(request, "forum/desk/appeals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(F.FORUM_APPEAL)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The text, what was decided and why, and why the author disagrees; then upheld or overturned."""
    rows = Appeal.objects.select_related(
        "act__place", "act__board__place", "act__topic", "act__post", "act__body", "act__person", "body", "by"
    )
    found, actor, now = rows.filter(pk=pk).first(), actor_of(request), clock.now()
    if found is None or not may_decide_appeal(actor, found):
        raise Http404
    open_now = found.state == AppealState.LODGED
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not open_now:
        messages.error(request, _("刚才有人先处理了，请看现在的情况"))
        return redirect("forum:decide", found.pk)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = tried(
            request, form,
            lambda: decide_appeal(appeal=found, overturn=data["overturn"], answer=data["answer"], by=actor, now=now),
        )  # fmt: skip
        if done is not None:
            messages.success(
                request, _("答复了，一切恢复原样") if data["overturn"] else _("答复了，维持原处理")
            )
            return redirect("forum:decide", found.pk)
    context = {
        "appeal": found, "line": line_of(found.act, actor), "cooked": words_of(found.act), "form": form if open_now else None,
        "tag": appeal_tag(found), "late": open_now and found.due_on and found.due_on < clock.local_date(now),
    }  # fmt: skip
    return render(request, "forum/desk/decide.html", context)
