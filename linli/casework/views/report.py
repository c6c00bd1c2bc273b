"""Report: one page on any phone; what was typed and chosen is kept whatever is wrong with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.areas.api import Area, Level
from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.design import dates
from linli.files.api import delete_file, store_upload
from linli.people.api import MandateScope, TooMany, Try, client_address, count_try, place_name, public, within
from linli.sites.api import Site, nearest_site, of_site, sites_of_level, stand_in

from .. import story
from ..actions.reporting import bodies_named, submit_case
from ..forms.report import ReportForm
from ..models import Case, Spot
from ..permissions import C, body_of
from ..pictures import WAITING, waiting
from ..places import places_from
from ..queries.alike import Alike, alike
from ..queries.own import is_own
from .opened import actor_of, mine, open_here


@require_safe
@public
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """From anywhere: at once to the form of one's own compound, else choose the place first."""
    actor = actor_of(request)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    paths = {stay.path for stay in actor.stays} if actor.acting is None else set()
    if len(paths) == 1:
        home = Area.objects.filter(path__in=paths).first()
        site = nearest_site(home) if home is not None else None
        if site is not None:
            return redirect(reverse("casework:report", args=[site.slug]) + query)
    return render(request, "casework/report/start.html", {"groups": _groups(), "query": query})


def _groups() -> list[dict[str, Any]]:
    """The sites of communities, each with those of its compounds."""
    day = clock.local_date(clock.now())
    top = Area.objects.filter(level=Level.STREET, valid_to=None).order_by("sort", "pk")
    groups = []
    for street in top:
        compounds = sites_of_level(street, Level.COMPOUND, day)
        for site in sites_of_level(street, Level.COMMUNITY, day):
            inside = [one for one in compounds if one.place.path.startswith(site.place.path)]
            groups.append({"site": site, "sites": inside})
    return groups


@require_safe
@public
def spot(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR code on a lamp or a lift leads to: the form that knows where one stands."""
    found = Spot.objects.select_related("place").filter(code=code, retired_at=None).first()
    site = nearest_site(found.place) if found is not None else None
    if found is None or site is None:
        raise Http404
    return redirect(f"{reverse('casework:report', args=[site.slug])}?spot={found.code}")


@require_http_methods(["GET", "HEAD", "POST"])
@public
@within(MandateScope.REQUESTS)
@never_cache
@of_site
def report(request: HttpRequest, site: Site) -> HttpResponse:
    """The form. Pictures are kept at once, so that a mistake elsewhere loses none."""
    actor = actor_of(request)
    clerk = body_of(actor, C.CASE_ENTER) is not None
    if actor.acting is not None and not clerk:
        return render(request, "casework/report/as_oneself.html", {"site": site, "acting": actor.acting})
    form = _form(request, site, clerk)
    found, near = None, Alike([], 0)
    if request.method == "POST":
        valid = form.is_valid()
        key = _key(request)
        if key is not None:
            _keep_pictures(request, form, key)
        if valid and not form.errors and "look" not in request.POST:
            near = _near(request, form)
            found = None if near else _submitted(request, form)
    if found is not None:
        if not is_own(actor, found) or found.passphrase:
            open_here(request, found)
        return redirect("casework:receipt", found.pk)
    key = _key(request)
    context = {
        "form": form, "site": site, "clerk": clerk, "acting": actor.acting, "principal": actor.principal if actor.mandate else None,
        "kept": waiting(str(key)) if key else [], "near": near, "spot": form.found_spot, "hotline": settings.LINLI_INSTANCE.hotline,
    }  # fmt: skip
    return render(request, "casework/report/report.html", context)


def _form(request: HttpRequest, site: Site, clerk: bool) -> ReportForm:
    actor, posted = actor_of(request), request.method == "POST"
    source = request.POST if posted else request.GET
    code = str(source.get("spot", ""))[:10]
    spot = Spot.objects.select_related("place").filter(code=code, retired_at=None, place__path__under=site.place.path).first() if code else None
    day = clock.local_date(clock.now())
    initial = {"from_post": request.GET.get("from", "")[:200], "text": request.GET.get("text", "")[:200]}
    if spot is not None:
        initial |= {"spot": spot.code, "theme": spot.theme}
    return ReportForm(
        request.POST if posted else None, request.FILES if posted else None, where=places_from(site.place, actor), initial=initial,
        bodies=bodies_named(spot.place if spot is not None else site.place, day), clerk=clerk, known=actor.person is not None, spot=spot,
    )  # fmt: skip


def _near(request: HttpRequest, form: ReportForm) -> Alike:
    """Asked once: what neighbours reported already. Whoever has seen it goes on, or joins."""
    if form.cleaned_data["alike_seen"] or form.clerk or "group_with" in request.POST:
        return Alike([], 0)
    facts = form.facts((), None)
    point = (facts.latitude, facts.longitude) if facts.latitude is not None and facts.longitude is not None else None
    found = alike(facts.place, facts.theme, clock.now(), point=point, key=facts.key)
    if found:
        typed = request.POST.copy()
        typed["alike_seen"] = "1"
        form.data = typed
    return found


def _submitted(request: HttpRequest, form: ReportForm) -> Case | None:
    """The case; None with the errors in the form."""
    actor, now = actor_of(request), clock.now()
    key = str(form.cleaned_data["key"])
    try:
        facts = form.facts(tuple(waiting(key)), _joined(request))
        if actor.person is None and not Case.objects.filter(key=key).exists():
            count_try(kind=Try.REPORT_FROM, key=client_address(request), now=now)
        return submit_case(facts=facts, by=actor, now=now)
    except NotAllowed:
        raise Http404 from None
    except TooMany as error:
        form.add_error(None, str(error))
    except UserError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    return None


def _joined(request: HttpRequest) -> UUID | None:
    """A public case that the reporter says his is about; of others he knows nothing."""
    try:
        pk = UUID(request.POST.get("group_with", ""))
    except ValueError:
        return None
    return pk if Case.objects.public().open().filter(pk=pk).exists() else None


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _keep_pictures(request: HttpRequest, form: ReportForm, key: UUID) -> None:
    """They belong to nobody until the report is sent: it may be secret."""
    if Case.objects.filter(key=str(key)).exists():
        return
    gone, there = set(request.POST.getlist("gone")), waiting(str(key))
    for file in there:
        if str(file.pk) in gone:
            delete_file(file=file)
    once = {file.once for file in there}
    for uploaded in request.FILES.getlist("attached"):
        name = str(uploaded.name or "")[:30]
        mark = f"{key.hex}:{name[:20]}:{uploaded.size}"[:80]
        if mark in once:
            continue
        try:
            store_upload(uploaded, owner=(WAITING, key), by=None, purpose="case", now=clock.now(), once=mark, alt=_("反映的人给的照片"))
        except UserError as error:
            form.add_error("attached", f"{name}：{error}")  # data


@require_safe
@public
@never_cache
def receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The code in large groups, when an answer is promised; to be printed or copied."""
    case = mine(request, pk)
    if case is None:
        return redirect("casework:follow")
    site = nearest_site(case.place)
    if site is not None:
        stand_in(request, site)
    rows = [
        {"label": _("在哪里"), "value": " ".join(filter(None, [place_name(case.place), case.spot_text]))},
        {"label": _("提交"), "value": dates.moment_text(case.submitted_at or case.made_at, clock.now())},
        {"label": _("受理"), "value": case.desk.name if case.desk is not None else ""},
        {"label": _("谁知道是您"), "value": case.get_secrecy_display()},
    ]
    context = {"case": case, "by_code": not is_own(actor_of(request), case), "rows": rows, "promised": story.promised_text(case)}
    return render(request, "casework/report/receipt.html", context)
