"""An office's texts to begin an answer with, and how many signatures put a joint question."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.areas.api import Area
from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.people.api import needs

from ..actions.rules import set_joint_rule
from ..actions.templates import drop_template, save_template
from ..forms.small import JointForm, TemplateForm
from ..models import AnswerTemplate
from ..permissions import D
from ..queries.questions import templates_of
from ..queries.rules import needed_at
from .doors import actor_of, blame

page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(D.QUESTION_ANSWER)
def templates(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    context = {"rows": templates_of(actor), "sets_joint": D.QUESTION_RULES in actor.permissions}
    return render(request, "deliberation/desk/templates.html", context)


@page
@needs(D.QUESTION_ANSWER)
def new(request: HttpRequest) -> HttpResponse:
    return _write(request, None)


@page
@needs(D.QUESTION_ANSWER)
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _write(request, _own(request, pk))


def _own(request: HttpRequest, pk: UUID) -> AnswerTemplate:
    row = next((one for one in templates_of(actor_of(request)) if one.pk == pk), None)
    if row is None:
        raise Http404
    return row


def _write(request: HttpRequest, row: AnswerTemplate | None) -> HttpResponse:
    form = TemplateForm(request.POST if request.method == "POST" else None, template=row)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            save_template(
                key=row.pk if row else data["key"], title=data["title"], text=data["text"], theme=data["theme"],
                by=actor_of(request), now=clock.now(),
            )  # fmt: skip
        except NotAllowed:
            raise Http404 from None
        except UserError as error:
            blame(form, error, _("刚才同事先改了，请再看一遍"))
        else:
            messages.success(request, _("存好了"))
            return redirect("deliberation:templates")
    return render(request, "deliberation/desk/template.html", {"form": form, "row": row})


@require_POST
@needs(D.QUESTION_ANSWER)
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    drop_template(key=_own(request, pk).pk, by=actor_of(request), now=clock.now())
    messages.success(request, _("删了。用它写过的答复还在"))
    return redirect("deliberation:templates")


@page
@needs(D.QUESTION_RULES)
def signatures(request: HttpRequest) -> HttpResponse:
    """How many signatures it takes in the places of the committee or street; its head sets it."""
    actor = actor_of(request)
    assert actor.acting is not None
    place = Area.objects.filter(path__in=actor.paths_for(D.QUESTION_RULES)).order_by("level", "path").first()
    if place is None:
        raise Http404
    now_needed = needed_at(place)
    form = JointForm(request.POST if request.method == "POST" else None, initial={"needed": now_needed})
    if request.method == "POST" and form.is_valid():
        try:
            set_joint_rule(place=place, needed=form.cleaned_data["needed"], by=actor, now=clock.now())
        except NotAllowed:
            form.add_error(None, _("只有主任能改这个数"))
        except UserError as error:
            blame(form, error, "")
        else:
            messages.success(request, _("改好了，新的联署照这个数"))
            return redirect("deliberation:signatures")
    context = {"form": form, "place": place, "needed": now_needed, "head": actor.acting.is_head}
    return render(request, "deliberation/desk/signatures.html", context)
