"""What readers and authors do: report a post, appeal against an act."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.common import clock
from linli.people.api import oneself, signed_in

from ..access import is_own, may_read_post
from ..actions.appeals import lodge_appeal
from ..actions.reports import report_post
from ..articles import ours
from ..forms.moderation import AppealForm, ReportForm
from ..queries import moderation as read
from ..queries.appeals import concerns
from ..queries.speech import rules_for
from ..rules import PostState
from ..speech_rules import APPEAL_DAYS, may_appeal
from .moderating import actor_of, frame, line_of, tried

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@signed_in
@oneself
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Which article, and a few words; the post stays as it is until a moderator has looked."""
    post, actor, now = read.post_for_desk(pk), actor_of(request), clock.now()
    if post is None or not may_read_post(actor, post) or post.state != PostState.SHOWN or is_own(actor, post):
        raise Http404
    frame(request, post.topic.board)
    form = ReportForm(
        request.POST if request.method == "POST" else None, rules=rules_for(post.topic.board.place)
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = tried(
            request,
            form,
            lambda: report_post(post=post, article=data["article"], words=data["words"], by=actor, now=now),
        )
        if done is not None:
            messages.success(request, _("管理人会看。结果发到您的收件箱，别人不知道是您举报的"))
            return redirect(f"/topics/{post.topic_id}/")
    return render(request, "forum/report.html", {"form": form, "post": post, "cooked": ours(post.cooked)})


@page
@signed_in
@oneself
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Why the act was wrong; who looks at it, and until when."""
    found, actor, now = read.act_for_page(pk), actor_of(request), clock.now()
    if found is None or not concerns(found, actor):
        raise Http404
    undone = getattr(found, "undone_by", None) is not None
    open_now = may_appeal(
        found.kind, at=found.at, now=now, own=True, undone=undone, appealed=read.appeal_of(found) is not None
    )
    if not open_now:
        messages.error(
            request, _("这件事现在不能申诉：申诉过、撤回了，或者过了 %(n)d 天") % {"n": APPEAL_DAYS}
        )
        return redirect("forum:act", found.pk)
    frame(request, found)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = tried(
            request,
            form,
            lambda: lodge_appeal(act=found, words=form.cleaned_data["words"], by=actor, now=now),
        )
        if done is not None:
            messages.success(request, _("申诉交给%(who)s了") % {"who": done.get_tier_display()})
            return redirect("forum:act", found.pk)
    return render(request, "forum/appeal.html", {"form": form, "act": found, "line": line_of(found, actor)})
