"""The desks of a site's editors: what there is to arrange, its look, its files."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.areas.api import Plate
from linli.common import clock
from linli.common.errors import UserError
from linli.files.api import File
from linli.people.api import Actor, may, needs
from linli.sites.api import S, Site, may_at, of_site

from .. import queries
from ..actions.library import add_file, remove_file, shape_look
from ..actions.pages import open_home
from ..editor import gate
from ..forms import FileForm, LookForm
from ..models import HomePage, LibraryFile
from ..permissions import T

METHODS = ["GET", "HEAD", "POST"]


def _require(actor: Actor, site: Site) -> None:
    """Raise Http404 for a site that the actor does not arrange."""
    if not may_at(actor, S.SITE_EDIT, site):
        raise Http404


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@require_safe
@needs(S.SITE_EDIT, groups=True)
def desk(request: HttpRequest) -> HttpResponse:
    """The sites whose pages one arranges."""
    return render(
        request,
        "studio/desk/sites.html",
        {"sites": queries.sites_for(_actor(request), clock.local_date(clock.now()))},
    )


@require_safe
@needs(S.SITE_EDIT, groups=True)
@of_site
def site(request: HttpRequest, site: Site) -> HttpResponse:
    actor = _actor(request)
    _require(actor, site)
    context = {
        "site": site, "home": HomePage.objects.filter(site=site).first(), "guides": queries.guides_at_desk(site),
        "waiting": queries.waiting(site), "may_check": may(actor, T.PAGE_CHECK, site.place),
        "editor": f"{gate.PREFIX}pages/",
    }  # fmt: skip
    return render(request, "studio/desk/site.html", context)


@require_http_methods(METHODS)
@needs(S.SITE_EDIT, groups=True)
@of_site
def arrange(request: HttpRequest, site: Site) -> HttpResponse:
    """Into the editor; the first time it is asked whether one wants to arrange this site oneself."""
    _require(_actor(request), site)
    home = HomePage.objects.filter(site=site).first()
    if home is None and request.method == "POST":
        home = open_home(site=site, by=_actor(request), now=clock.now())
    if home is None:
        return render(request, "studio/desk/arrange.html", {"site": site})
    if request.GET.get("then") == "guide" or request.POST.get("then") == "guide":
        return redirect(f"/studio/pages/add/linli_studio/guidepage/{home.pk}/")
    return redirect(f"/studio/pages/{home.pk}/edit/")


@require_http_methods(METHODS)
@needs(S.SITE_EDIT, groups=True)
@of_site
def look(request: HttpRequest, site: Site) -> HttpResponse:
    actor = _actor(request)
    _require(actor, site)
    banner = File.objects.filter(pk=site.banner_id).first() if site.banner_id else None
    initial = {"lead": site.lead, "accent": site.plate, "alt": banner.alt if banner else ""}
    posted = request.method == "POST"
    form = LookForm(request.POST if posted else None, request.FILES or None, writer=actor, initial=initial)
    if posted and form.is_valid() and _shape(request, site, form):
        messages.success(request, _("改好了，%(name)s已经是这个样子") % {"name": site.name})
        return redirect("studio:look", site.slug)
    if posted:
        form.keep(clock.now())
    shown = form["accent"].value() or site.plate
    return render(
        request,
        "studio/desk/look.html",
        {"site": site, "form": form, "banner": banner, "plates": Plate.choices, "shown": shown},
    )


def _shape(request: HttpRequest, site: Site, form: LookForm) -> bool:
    values = {name: form.cleaned_data[name] for name in ("lead", "accent", "alt", "no_banner")}
    try:
        shape_look(site=site, by=_actor(request), now=clock.now(), banner=next(iter(form.chosen_files), None), **values)
    except UserError as error:
        form.add_error("banner" if error.field == "file" else error.field, str(error))
        return False
    return True


@require_http_methods(METHODS)
@needs(S.SITE_EDIT, groups=True)
@of_site
def files(request: HttpRequest, site: Site) -> HttpResponse:
    actor, posted = _actor(request), request.method == "POST"
    _require(actor, site)
    form = FileForm(request.POST if posted else None, request.FILES or None, writer=actor)
    if posted and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("title", "alt", "listed", "once")}
        try:
            row = add_file(site=site, uploaded=form.chosen_files[-1], by=actor, now=clock.now(), **values)
        except UserError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("放好了：%(title)s") % {"title": row.title})
            return redirect("studio:desk_files", site.slug)
    if posted:
        form.keep(clock.now())
    rows = LibraryFile.objects.filter(site=site).order_by("-at")[:200]
    return render(request, "studio/desk/files.html", {"site": site, "form": form, "files": rows})


@require_POST
@needs(S.SITE_EDIT, groups=True)
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(LibraryFile.objects.select_related("site__place"), pk=pk)
    _require(_actor(request), row.site)
    title, slug = row.title, row.site.slug
    remove_file(row=row, by=_actor(request), now=clock.now())
    messages.success(request, _("拿掉了：%(title)s") % {"title": title})
    return redirect("studio:desk_files", slug)
