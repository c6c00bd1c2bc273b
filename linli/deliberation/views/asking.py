"""Put a question: one page, on any phone."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.areas.api import Area, Level
from linli.calendar.api import Period, Unit, rule_for
from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.design import dates
from linli.files.api import delete_file, store_upload
from linli.people.api import Actor, Body, BodyKind, MandateScope, signed_in, within
from linli.sites.api import Site, of_site

from .. import words
from ..actions.asking import ask_question
from ..clocks import kind_for
from ..forms.ask import AskForm, Choice
from ..models import Question
from ..offices import serving
from ..permissions import D, may_ask
from ..pictures import OWNER, pictures_of
from ..queries.rules import needed_at
from .doors import actor_of


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@within(MandateScope.REQUESTS)
@of_site
def new(request: HttpRequest, site: Site) -> HttpResponse:
    """The form; what was sent is kept whatever is wrong with it, pictures too."""
    actor = actor_of(request)
    choices = _choices(actor, site.place)
    if not choices:
        context = {"site": site, "verified": bool(actor.paths_for(D.QUESTION_ASK)), "acting": actor.acting}
        return render(request, "deliberation/cannot_ask.html", context)
    posted = request.method == "POST"
    form = AskForm(
        request.POST if posted else None, request.FILES if posted else None, choices=choices,
        needed=None if actor.acting else needed_at(site.place), initial={"about": request.GET.get("about", "")[:300]},
    )  # fmt: skip
    if posted and (question := _saved(request, form)) is not None:
        messages.success(request, _said(question))
        return redirect(question.url)
    key = _own_key(request)
    context = {
        "form": form, "site": site, "kept": pictures_of(key) if key else [], "acting": actor.acting,
        "principal": actor.principal if actor.mandate else None,
    }  # fmt: skip
    return render(request, "deliberation/ask.html", context)


def _choices(actor: Actor, place: Area) -> list[Choice]:
    """The offices of the place, and of the asker's own compounds below it; each once, at its widest place."""
    if not may_ask(actor, place):
        return []
    below = (
        []
        if actor.acting
        else [
            path
            for path in actor.paths_for(D.QUESTION_ASK)
            if path.startswith(place.path) and path != place.path
        ]
    )
    places = [place, *Area.objects.filter(path__in=below, level=Level.COMPOUND).order_by("path")]
    day, found = clock.local_date(clock.now()), {}
    own = actor.acting.body_id if actor.acting else None
    for at in places:
        for body in serving(at, day):
            if body.pk != own and body.pk not in found:
                found[body.pk] = Choice(at, body, _label(body, at))
    return list(found.values())


def _label(body: Body, place: Area) -> str:
    kind = kind_for(body.kind)
    rule = rule_for(place, kind.key, clock.now())
    facts = {
        "name": body.name,
        "kind": BodyKind(body.kind).label,
        "time": _time(rule.period if rule else kind.default),
    }
    return _("%(name)s（%(kind)s，%(time)s内答复）") % facts


def _time(period: Period) -> str:
    """A period as people say it."""
    units = {
        Unit.WORKING_DAY: _("%(n)d 个工作日"), Unit.NATURAL_DAY: _("%(n)d 天"), Unit.HOUR: _("%(n)d 小时"), Unit.MINUTE: _("%(n)d 分钟"),
    }  # fmt: skip
    return units[period.unit] % {"n": period.amount}


def _own_key(request: HttpRequest) -> UUID | None:
    """The form's key, as long as nothing of another person lies under it."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    by = actor_of(request).person_id
    theirs = any(file.by != by for file in pictures_of(key)) or Question.objects.filter(pk=key).exists()
    return None if theirs else key


def _saved(request: HttpRequest, form: AskForm) -> Question | None:
    """The question; None with the errors in the form. The pictures first, so that a mistake elsewhere loses none."""
    valid = form.is_valid()
    key = _own_key(request)
    if key is not None:
        _keep_pictures(request, form, key)
    if not valid or form.errors:
        return None
    typed: UUID = form.cleaned_data["key"]
    try:
        return ask_question(
            key=typed, words=form.words(len(pictures_of(typed))), by=actor_of(request), now=clock.now()
        )
    except NotAllowed:
        raise Http404 from None
    except UserError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None


def _keep_pictures(request: HttpRequest, form: AskForm, key: UUID) -> None:
    gone = set(request.POST.getlist("gone"))
    for file in pictures_of(key):
        if str(file.pk) in gone:
            delete_file(file=file)
    for nth, uploaded in enumerate(request.FILES.getlist("attached"), 1):
        name = str(uploaded.name or "")[:30]
        try:
            store_upload(
                uploaded, owner=(OWNER, key), by=actor_of(request), purpose="question", now=clock.now(),
                once=f"{key.hex}:{name[:20]}:{uploaded.size}"[:80], alt=_("提问人给的图片 %(n)d") % {"n": nth},
            )  # fmt: skip
        except UserError as error:
            form.add_error("attached", f"{name}：{error}")  # data


def _said(question: Question) -> str:
    """The promise: who answers, and until when; or how many signatures it takes."""
    fresh = Question.objects.whole().get(pk=question.pk)
    duty = fresh.duty
    if duty is None:
        return _("挂出来了，满 %(n)d 人联署就交给%(office)s") % {
            "n": fresh.needed,
            "office": fresh.asked_of.name,
        }
    day = dates.day_text(words.last_day(duty.due, duty.due_day), clock.now())
    return _("交给%(office)s了，最晚%(day)s答复") % {"office": duty.office.name, "day": day}
