"""The desk of who is on duty at a site."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.common import clock
from linli.common.errors import UserError
from linli.people.api import needs
from linli.sites.api import S, Site, may_at, of_site, stand_in

from ..actions.duty import put_on_duty, take_off_duty
from ..duty_forms import DutyForm, filled
from ..duty_queries import on_duty
from ..models import DutyLine
from .blog import ASK, actor_of, sent


def _saved(request: HttpRequest, form: DutyForm, site: Site, line: DutyLine | None) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        put_on_duty(site=site, duty=form.duty(), line=line, by=actor_of(request), now=clock.now())
    except UserError as error:
        form.add_error(error.field, str(error))
        return False
    messages.success(request, _("写好了，首页上的“今天谁值班”跟着变"))
    return True


@require_http_methods(ASK)
@needs(S.SITE_EDIT, groups=True)
@of_site
def desk(request: HttpRequest, site: Site) -> HttpResponse:
    """The lines of the site, and a new one."""
    if not may_at(actor_of(request), S.SITE_EDIT, site):
        raise Http404
    form = DutyForm(sent(request))
    if _saved(request, form, site, None):
        return redirect("portal:duty_desk", site.slug)
    lines = DutyLine.objects.filter(site=site)
    shown = {one.line.pk: one for one in on_duty(site, clock.now())}
    rows = [{"line": line, "shown": shown.get(line.pk)} for line in lines]
    return render(request, "portal/duty/desk.html", {"site": site, "form": form, "rows": rows})


@require_http_methods(ASK)
@needs(S.SITE_EDIT, groups=True)
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a line, or take it away."""
    line: DutyLine = get_object_or_404(DutyLine.objects.select_related("site__place", "site__body"), pk=pk)
    site, actor = line.site, actor_of(request)
    if not may_at(actor, S.SITE_EDIT, site):
        raise Http404
    stand_in(request, site)
    if request.method == "POST" and request.POST.get("do") == "remove":
        take_off_duty(line=line, by=actor, now=clock.now())
        messages.success(request, _("拿掉了：%(title)s") % {"title": line.name})
        return redirect("portal:duty_desk", site.slug)
    form = DutyForm(sent(request), initial=filled(line))
    if _saved(request, form, site, line):
        return redirect("portal:duty_desk", site.slug)
    return render(request, "portal/duty/one.html", {"site": site, "form": form, "line": line})
