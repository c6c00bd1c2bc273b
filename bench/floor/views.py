"""One page in four ways. The shell around it is the demo's own, taken as it is."""

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from .models import Area, Body

STREET, COMMUNITY, COMPOUND, BUILDING = 4, 5, 6, 7
_shell: list[str] = []


def shell():
    """What stands before and after the page's own part."""
    if not _shell:
        _shell.extend((settings.FOLDER / name).read_text(encoding="utf-8") for name in ("top.html", "bottom.html"))
    return _shell


def facts():
    street = Area.objects.get(level=STREET, valid_to=None)
    sites = list(Area.objects.filter(parent=street, valid_to=None).order_by("sort", "id"))
    below = Area.objects.filter(parent__in=sites, valid_to=None).values_list("parent_id", "level").annotate(n=Count("id"))
    numbers = {}
    for parent, level, n in below.order_by():
        numbers.setdefault(parent, []).append((level, n))
    compounds = list(Area.objects.filter(path__startswith=street.path, level=COMPOUND, valid_to=None).order_by("parent__sort", "sort", "id"))
    groups = list(
        Body.objects.filter(places__area__path__startswith=street.path, places__until=None, kind="social_org", valid_to=None)
        .order_by("name").distinct()
    )  # fmt: skip
    bodies = list(Body.objects.filter(places__area=street, places__until=None, valid_to=None).exclude(kind="social_org").order_by("kind", "name"))
    top, bottom = shell()
    return {
        "top": top, "bottom": bottom, "street": street, "sites": [(site, numbers.get(site.pk, [])) for site in sites],
        "compounds": compounds, "groups": groups, "bodies": bodies,
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
