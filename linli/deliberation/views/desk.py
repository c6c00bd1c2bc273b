"""The desk of an office: what it owes, what was raised to it, and each step with a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.calendar.api import days
from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.common.pagecache import midnight
from linli.people.api import needs

from .. import offices, story, words
from ..actions import answering, handling
from ..forms.small import AnswerForm, AssignForm, PauseForm, ProgressForm, TransferForm
from ..models import AnswerTemplate, Question
from ..permissions import D, looks_after, may_answer, owes
from ..pictures import pictures_of
from ..queries import questions as read
from ..rules import MOST_TRANSFERS, QuestionState, Theme
from .doors import actor_of, blame, handled

PAGE = 30
FORMS = ("answer", "progress", "transfer", "pause", "assign")


@require_safe
@needs(D.QUESTION_ANSWER)
def desk(request: HttpRequest) -> HttpResponse:
    """Due today, overdue, waiting, raised, done; by theme. The choice stands in the address."""
    actor, now, table = actor_of(request), clock.now(), days()
    until = midnight(now)
    counts = read.desk_counts(actor, now, until)
    show, theme = request.GET.get("show", ""), request.GET.get("theme", "")
    show = show if show in read.DESK else "open"
    rows = read.on_desk(actor, show=show, theme=theme, now=now, midnight=until)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    theme = theme if theme in Theme.values else ""
    context = {
        "lines": words.lines(page.object_list, now, table), "page": page, "show": show, "theme": theme, "themes": Theme.choices,
        "shows": _shows(counts, show), "query": urlencode({"show": show, **({"theme": theme} if theme else {})}),
        "office": actor.acting.body_id if actor.acting else None,
    }  # fmt: skip
    return render(request, "deliberation/desk/list.html", context)


def _shows(counts: dict[str, int], show: str) -> list[dict[str, Any]]:
    labels = {
        "open": _("要答的"),
        "today": _("今天到期"),
        "overdue": _("超期"),
        "above": _("升到我们这里"),
        "done": _("答过的"),
    }
    return [
        {"key": key, "label": labels[key], "count": counts.get(key), "current": key == show} for key in labels
    ]


@require_safe
@needs(D.QUESTION_ANSWER)
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    return show(request, handled(request, pk))


def show(request: HttpRequest, question: Question, **bad: forms.Form) -> HttpResponse:
    """The question with its forms; `bad` are those that came back with errors, as they were typed."""
    actor, now, table = actor_of(request), clock.now(), days()
    duty, day = question.duty, clock.local_date(now)
    assert duty is not None
    own = owes(actor, duty) and question.is_owed
    early = own and question.state in (QuestionState.ROUTED, QuestionState.TRANSFERRED) and duty.due > now
    templates = read.templates_of(actor, question.theme) if may_answer(actor, question) else []
    others = [
        body
        for body in offices.serving(question.place, day)
        if body.pk not in (duty.office_id, question.asker_body_id)
    ]
    head, kind = story.promise(question, duty, now)
    context = {
        "question": question, "duty": duty, "line": words.line(question, now, table), "who": words.who(question),
        "others": words.neighbours(question), "pictures": pictures_of(question.pk) if question.pictures else [],
        "clock": {"head": head, "kind": kind, "panes": story.panes(duty, now, table)},
        "timeline": story.timeline(question, question.steps.select_related("body", "to").order_by("-pk"), now),
        "answers": sorted(question.answers.all(), key=lambda answer: answer.at), "templates": templates, "signing": question.answers.select_related("by"),
        "forms": {
            "answer": bad.get("answer") or _answer_form(request, question, templates),
            "progress": bad.get("progress") or ProgressForm(auto_id="progress_%s"),
            "transfer": bad.get("transfer") or TransferForm(offices=others, auto_id="transfer_%s"),
            "pause": bad.get("pause") or PauseForm(auto_id="pause_%s"),
            "assign": bad.get("assign") or AssignForm(posts=list(offices.posts_of(duty.office, day)), initial={"post": duty.post_id}, auto_id="assign_%s"),
        },
        "may": {
            "answer": may_answer(actor, question), "progress": may_answer(actor, question), "assign": own,
            "transfer": early and duty.transfers < MOST_TRANSFERS and others, "pause": early and duty.paused_at is None,
            "resume": own and duty.paused_at is not None, "above": looks_after(actor, duty),
        },
        "bad": next(iter(bad.values()), None), "open": next(iter(bad), ""),
    }  # fmt: skip
    return render(request, "deliberation/desk/one.html", context)


def _answer_form(request: HttpRequest, question: Question, templates: list[AnswerTemplate]) -> AnswerForm:
    """Begun from the template that the address names, of the own office alone."""
    wanted = request.GET.get("template", "")
    text = next((row.text for row in templates if str(row.pk) == wanted), "")
    return AnswerForm(initial={"text": text}, private=question.is_private)


def _pressed(
    request: HttpRequest, pk: UUID, name: str, form: forms.Form, verb: Callable[..., object], said: str
) -> HttpResponse:
    """Take a step; what was typed comes back with what stands against it."""
    question = handled(request, pk)
    if form.is_valid():
        try:
            verb(question=pk, by=actor_of(request), now=clock.now())
        except NotAllowed:
            raise Http404 from None
        except UserError as error:
            blame(form, error, _("刚才同事先办了，请看下面现在的情况。您写的还在。"))
        else:
            messages.success(request, said)
            return redirect("deliberation:desk_one", pk)
    return show(request, handled(request, question.pk), **{name: form})


@require_POST
@needs(D.QUESTION_ANSWER)
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    form = AnswerForm(request.POST, private=handled(request, pk).is_private)
    return _pressed(
        request, pk, "answer", form, lambda **kw: answering.answer_question(text=form.cleaned_data["text"], **kw),
        _("答复了，提问的人和联署的人都告诉了"),
    )  # fmt: skip


@require_POST
@needs(D.QUESTION_ANSWER)
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    form = ProgressForm(request.POST, auto_id="progress_%s")
    return _pressed(
        request, pk, "progress", form, lambda **kw: handling.say_progress(text=form.cleaned_data["progress"], **kw),
        _("写上了。这不算答复，期限照走"),
    )  # fmt: skip


@require_POST
@needs(D.QUESTION_ANSWER)
def transfer(request: HttpRequest, pk: UUID) -> HttpResponse:
    question = handled(request, pk)
    day = clock.local_date(clock.now())
    form = TransferForm(request.POST, offices=offices.serving(question.place, day), auto_id="transfer_%s")
    form.fields["to"].error_messages["invalid_choice"] = _("这个单位不管这里，不能转过去")
    return _pressed(
        request, pk, "transfer", form,
        lambda **kw: handling.transfer_question(to=UUID(form.cleaned_data["to"]), why=form.cleaned_data["why"], **kw),
        _("转过去了，期限不变"),
    )  # fmt: skip


@require_POST
@needs(D.QUESTION_ANSWER)
def pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    form = PauseForm(request.POST, auto_id="pause_%s")
    return _pressed(
        request, pk, "pause", form, lambda **kw: handling.pause_question(why=form.cleaned_data["why"], **kw),
        _("停表了，到上限会自己走起来"),
    )  # fmt: skip


@require_POST
@needs(D.QUESTION_ANSWER)
def resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _pressed(request, pk, "pause", forms.Form({}), handling.resume_question, _("恢复计时了"))


@require_POST
@needs(D.QUESTION_ANSWER)
def assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    duty = handled(request, pk).duty
    assert duty is not None
    posts = list(offices.posts_of(duty.office, clock.local_date(clock.now())))
    form = AssignForm(request.POST, posts=posts, auto_id="assign_%s")
    return _pressed(
        request,
        pk,
        "assign",
        form,
        lambda **kw: handling.assign_question(post=form.cleaned_data["post"], **kw),
        _("换好了，告诉他了"),
    )
