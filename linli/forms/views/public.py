"""A form at its own address, and whoever fills it in."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.common import clock
from linli.common.errors import UserError
from linli.common.states import UnknownTransition
from linli.people.api import MandateScope, public, signed_in, within

from .. import queries as read
from ..actions.fillings import begin_filling, drop_filling
from ..models import Filling, FormKind, FormVersion
from ..permissions import may_begin
from ..rules.said import say
from ..rules.shown import lines
from ..rules.states import Audience, Channel, FillingState
from ..serving import Place, actor_of, is_helper, is_own, qr, remember, serve_filling

page = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 30


def _form(slug: str) -> tuple[FormKind, FormVersion]:
    """The form in use at the address; a form of the counter alone has none."""
    kind = FormKind.objects.filter(key=slug).exclude(audience=Audience.STAFF).first()
    version = read.used_version(kind) if kind else None
    if kind is None or version is None:
        raise Http404
    return kind, version


@page
@public
@never_cache
@within(MandateScope.APPLICATIONS)
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """What the form is for, who asks, what is kept; then it begins."""
    kind, version = _form(slug)
    actor = actor_of(request)
    may = may_begin(actor, kind)
    if request.method == "POST" and may:
        person = actor.principal
        try:
            filling = begin_filling(
                version=version, person=person, by=actor, now=clock.now(), once=_once(request),
                channel=Channel.HELPER if actor.mandate else Channel.WEB,
            )  # fmt: skip
        except UserError as error:
            messages.error(request, str(error))
            return redirect("forms:start", slug)
        if person is None:
            remember(request, filling)
        return redirect("forms:fill", filling.pk)
    if request.method == "POST" and actor.person is None:
        return redirect_to_login(request.path, login_url="account_login")
    open_one = _open_one(request, version)
    context = {
        "kind": version.kind, "version": version, "definition": version.definition, "may": may, "once": uuid4(), "open": open_one,
        "steps": [step for step in version.definition.steps if step.fields], "signed_in": actor.person is not None,
        "residents": kind.audience == Audience.RESIDENTS,
    }  # fmt: skip
    return render(request, "forms/start.html", context)


def _once(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        return None


def _open_one(request: HttpRequest, version: FormVersion) -> Filling | None:
    """What the person began and did not send."""
    whose = actor_of(request).principal
    if whose is None:
        return None
    rows = Filling.objects.begun().filter(person=whose, version__kind=version.kind_id, expires_at__gt=clock.now())
    return rows.order_by("-changed_at").first()


@require_safe
@public
@never_cache
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """The form to print; its QR code leads the clerk to where it is typed in."""
    _kind, version = _form(slug)
    return render_paper(request, version, reverse("forms:start", args=[slug]))


def render_paper(request: HttpRequest, version: FormVersion, back: str) -> HttpResponse:
    address = settings.LINLI_ORIGIN.rstrip("/") + reverse("forms:typing", args=[version.kind_id])
    definition = version.definition
    steps = [
        (step, say(step.shown_if, definition), [(one, say(one.shown_if, definition)) for one in step.fields])
        for step in definition.steps
        if step.fields
    ]
    context = {"kind": version.kind, "version": version, "definition": definition, "steps": steps, "qr": qr(address), "back": back}
    return render(request, "forms/paper.html", context)


def _own(request: HttpRequest, pk: UUID) -> Filling:
    found = read.filling(pk)
    if found is None or found.state == FillingState.DROPPED or not is_own(request, found):
        raise Http404
    return found


@page
@public
@never_cache
@within(MandateScope.APPLICATIONS)
def fill(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A form of one's own: page by page, then the check; when it was sent, what was sent."""
    filling = _own(request, pk)
    address = reverse("forms:fill", args=[pk])
    if filling.state == FillingState.SENT and request.method != "POST":
        answers = lines(filling.version.definition, filling.answers, masked=is_helper(request))
        rows = [{"label": line.label, "value": line.text} for line in answers]
        context = {"filling": filling, "kind": filling.version.kind, "rows": rows, "signed_in": filling.person_id is not None}
        return render(request, "forms/sent.html", context)
    place = Place(
        address, done=address, resume=lambda token: reverse("forms:resume", args=[token]),
        crumbs=[(filling.version.kind.title, reverse("forms:start", args=[filling.version.kind.key]))],
        context={"drop": reverse("forms:drop", args=[pk])},
    )  # fmt: skip
    return serve_filling(request, filling, place)


@page
@public
@never_cache
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """A link that somebody without an account made for himself. Opening it gives nothing away; pressing goes on."""
    filling = read.filling_of_token(token, clock.now())
    if filling is None:
        return render(request, "forms/link_over.html", status=404)
    if request.method == "POST":
        remember(request, filling)
        return redirect("forms:fill", filling.pk)
    response = render(request, "forms/resume.html", {"kind": filling.version.kind, "until": filling.expires_at})
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
@public
@within(MandateScope.APPLICATIONS)
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Not sent, and forgotten."""
    filling = _own(request, pk)
    try:
        drop_filling(filling=filling, by=actor_of(request), now=clock.now())
        messages.success(request, _("收掉了，填过的内容已经删了"))
    except UnknownTransition:
        messages.error(request, _("已经交了，不能再收掉"))
    if actor_of(request).person is not None:
        return redirect("forms:mine")
    return redirect("forms:start", filling.version.kind.key)


@require_safe
@signed_in
@within(MandateScope.APPLICATIONS)
def mine(request: HttpRequest) -> HttpResponse:
    """What one has begun and what one has sent."""
    person = actor_of(request).principal
    assert person is not None
    rows = Paginator(read.own_fillings(person), PAGE).get_page(request.GET.get("page"))
    return render(request, "forms/mine.html", {"page": rows, "now": clock.now()})
