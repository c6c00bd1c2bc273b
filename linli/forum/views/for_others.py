"""A clerk writes down what somebody says on the phone or at the counter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.common import clock
from linli.common.errors import UserError
from linli.common.ids import uuid7
from linli.people.api import find_person, needs, oneself

from ..actions.for_others import may_write_down, write_for
from ..articles import place_of
from ..forms.for_others import ForOtherForm
from ..models import Board, Topic
from ..permissions import F
from .common import ASK, actor_of, board_or_404, sent, topic_or_404
from .reading_doors import blame, crumbs


@require_http_methods(ASK)
@needs(F.FORUM_FOR_OTHERS)
@oneself
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """A new topic on this board for somebody else."""
    return _write(request, board_or_404(request, pk), None)


@require_http_methods(ASK)
@needs(F.FORUM_FOR_OTHERS)
@oneself
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """A reply in this topic for somebody else."""
    found = topic_or_404(request, pk)
    return _write(request, found.board, found)


def _write(request: HttpRequest, board: Board, topic: Topic | None) -> HttpResponse:
    if not may_write_down(actor_of(request), board):
        raise Http404
    form = ForOtherForm(sent(request), reply=topic is not None, initial={"key": uuid7()})
    if request.method == "POST" and form.is_valid():
        try:
            return _written(request, board, topic, form.cleaned_data)
        except UserError as error:
            blame(form, error)
    context = {"form": form, "board": board, "topic": topic, "links": crumbs(board, topic)}
    return render(request, "forum/reading/for_other.html", context)


def _written(request: HttpRequest, board: Board, topic: Topic | None, data: dict[str, Any]) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    person = find_person(actor=actor, text=data["number"], why="desk", now=now)
    if person is None:
        raise UserError(_("没有找到这个账号。先在服务台替他建一个。"), field="number")
    post = write_for(
        person=person, board=board, topic=topic, title=data.get("title", ""), text=data["text"], consent=data["consent"],
        key=data["key"], private_ok=data["private_ok"], by=actor, now=now,
    )  # fmt: skip
    messages.success(request, _("代发好了，写明是代发的；本人会收到通知"))
    return redirect(place_of(post.topic_id, post.number))
