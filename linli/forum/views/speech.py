"""A place's rules of speech: in force, former versions, and a new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.common import clock
from linli.common.pagecache import cached, midnight
from linli.people.api import may, needs, public
from linli.sites.api import Site, of_site, site_tags

from ..actions.speech import adopt_rules
from ..forms.moderation import RulesForm
from ..permissions import F
from ..queries.speech import RULES, as_rules, rules_for, versions_of
from .moderating import actor_of, tried


@require_safe
@public
@cached(tags=lambda slug: (*site_tags(slug), RULES, "bodies"), query=("version",), valid_until=midnight)
@of_site
def rules(request: HttpRequest, site: Site) -> HttpResponse:
    """What holds here now, or a former version of it."""
    found, versions = rules_for(site.place), versions_of(site.place)
    wanted = request.GET.get("version", "")
    former = None
    if wanted:
        former = next((row for row in versions if str(row.version) == wanted), None)
        if former is None:
            raise Http404
    now = clock.local_date(clock.now())
    context = {
        "rules": as_rules(former) if former else found, "current": found, "former": former, "versions": versions,
        "own": found.place_id == site.place_id, "today": now, "may_edit": _may_edit(request, site),
    }  # fmt: skip
    return render(request, "forum/rules.html", context)


def _may_edit(request: HttpRequest, site: Site) -> bool:
    actor = actor_of(request)
    return site.body_id is None and actor.acting is not None and may(actor, F.FORUM_BOARDS, site.place)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(F.FORUM_BOARDS)
@of_site
def edit(request: HttpRequest, site: Site) -> HttpResponse:
    """The next version, beginning with the words that hold now."""
    if not _may_edit(request, site):
        raise Http404
    found, now = rules_for(site.place), clock.now()
    initial = {"articles": "\n".join(found.articles), "lead": found.lead, "adopted_on": clock.local_date(now)}
    form = RulesForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = tried(
            request,
            form,
            lambda: adopt_rules(
                place=site.place,
                articles=data["articles"].splitlines(),
                lead=data["lead"],
                adopted_on=data["adopted_on"],
                by=actor_of(request),
                now=now,
            ),
        )
        if done is not None:
            messages.success(request, _("第 %(n)d 版存好了，写发言的地方都换成这一版") % {"n": done.version})
            return redirect("forum:rules", site.slug)
    return render(request, "forum/rules_edit.html", {"form": form, "rules": found})
