"""One page in four ways. The shell around it is the demo's own, taken as it is."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.utils import timezone

from .models import Area, Body, Notice, Site

STREET, COMMUNITY, COMPOUND, BUILDING = 4, 5, 6, 7
_shell: list[str] = []


def shell():
    """What stands before and after the page's own part."""
    if not _shell:
        _shell.extend((settings.FOLDER / name).read_text(encoding="utf-8") for name in ("top.html", "bottom.html"))
    return _shell


def news(sites):
    """By site: its newest notice that holds, and how many it gave out in a week; what is for chosen buildings stays away."""
    now = timezone.now()
    live = Notice.objects.filter(site=OuterRef("pk"), state="published", valid_until__gt=now, audience="").order_by("-published_at", "-pk")
    last = Site.objects.filter(pk__in=sites).annotate(last=Subquery(live.values("pk")[:1]), title=Subquery(live.values("title")[:1]))
    week = Notice.objects.filter(
        site__in=sites, audience="", published_at__gt=now - timedelta(days=7), state__in=("published", "expired")
    )  # fmt: skip
    counts = dict(week.order_by().values_list("site").annotate(n=Count("pk")))
    return {pk: (notice, title, counts.get(pk, 0)) for pk, notice, title in last.values_list("pk", "last", "title")}


def facts():
    street = Area.objects.get(level=STREET, valid_to=None)
    sites = list(Site.objects.filter(kind="place", place__parent=street, place__valid_to=None).select_related("place").order_by("place__sort", "place"))
    below = Area.objects.filter(parent__in=[site.place_id for site in sites], valid_to=None, level__lte=BUILDING)
    numbers = {}
    for parent, level, n in below.values_list("parent_id", "level").annotate(n=Count("id")).order_by():
        numbers.setdefault(parent, []).append((level, n))
    told = news([site.pk for site in sites])
    compounds = list(
        Site.objects.filter(kind="place", place__path__startswith=street.path, place__level=COMPOUND, place__valid_to=None)
        .select_related("place").order_by("place__parent__sort", "place__sort", "place")
    )  # fmt: skip
    groups = list(
        Body.objects.filter(places__area__path__startswith=street.path, places__until=None, kind="social_org", valid_to=None)
        .select_related("site").order_by("name").distinct()
    )  # fmt: skip
    bodies = list(Body.objects.filter(places__area=street, places__until=None, valid_to=None).exclude(kind="social_org").order_by("kind", "name"))
    top, bottom = shell()
    return {
        "top": top, "bottom": bottom, "street": street, "compounds": compounds, "groups": groups, "bodies": bodies,
        "wall": [(site, numbers.get(site.place_id, []), told.get(site.pk)) for site in sites],
    }  # fmt: skip


def with_django(request):
    return HttpResponse(engines["django"].get_template("home.html").render(facts()))


def with_jinja(request):
    return HttpResponse(engines["jinja"].get_template("home.jinja").render(facts()))


def fragments():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, html FROM floor_fragment")
        return dict(cursor.fetchall())


def joined(request):
    found = fragments()
    return HttpResponse("".join((found["top"], found["main"], found["bottom"])))


def signed_in(request):
    if not request.user.is_authenticated:
        return HttpResponse("nobody", status=403)
    found = fragments()
    return HttpResponse("".join((found["top"], request.user.name, found["main"], found["bottom"])))


urlpatterns = [path("django/", with_django), path("jinja/", with_jinja), path("joined/", joined), path("signed-in/", signed_in)]
