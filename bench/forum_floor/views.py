"""A topic's page in three ways, and a reply that does nothing but stand there. The shell is Linli's own, taken as it is."""

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.http import HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import path
from django.utils import timezone
from django.utils.html import escape
from jinja2 import Environment

from .models import Board, Post, Topic

PAGE = 20
_shell: list[str] = []


def environment(**options):
    made = Environment(**options)  # noqa: S701 -- Django asks for escaping
    made.filters["iso"] = lambda at: timezone.localtime(at).isoformat(timespec="seconds")
    made.filters["moment"] = lambda at: timezone.localtime(at).strftime("%m 月 %d 日 %H:%M")
    return made


def shell():
    """What stands before and after the posts."""
    if not _shell:
        _shell.extend((settings.FOLDER / name).read_text(encoding="utf-8") for name in ("forum_top.html", "forum_bottom.html"))
    return _shell


def with_jinja(request, topic):
    found = Topic.objects.select_related("board").get(pk=topic)
    posts = Post.objects.filter(topic=topic, number__lte=PAGE).select_related("author").order_by("number")
    top, bottom = shell()
    page = engines["jinja"].get_template("topic.jinja").render({"top": top, "bottom": bottom, "topic": found, "posts": posts})
    return HttpResponse(page)


def fragments(topic):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fragment FROM forum_floor_post WHERE topic_id = %s AND number BETWEEN 1 AND %s ORDER BY number", [topic, PAGE]
        )
        return "".join(row[0] for row in cursor.fetchall())


def joined(request, topic):
    top, bottom = shell()
    return HttpResponse("".join((top, fragments(topic), bottom)))


def signed_in(request, topic):
    if not request.user.is_authenticated:
        return HttpResponse("nobody", status=403)
    top, bottom = shell()
    return HttpResponse("".join((top, request.user.name, fragments(topic), bottom)))


def reply(request, topic):
    if not request.user.is_authenticated or request.method != "POST":
        return HttpResponse("nobody", status=403)
    text, now = request.POST["text"], timezone.now()
    with transaction.atomic():
        found = Topic.objects.select_for_update().get(pk=topic)
        number = found.last_number + 1
        Post.objects.create(topic=found, number=number, author=request.user, text=text, cooked=f"<p>{escape(text)}</p>", at=now)
        Topic.objects.filter(pk=topic).update(last_number=number, last_at=now)
        Board.objects.filter(pk=found.board_id).update(posts=F("posts") + 1)
    return HttpResponseRedirect(f"/jinja/{topic}/#f{number}")


urlpatterns = [
    path("jinja/<int:topic>/", with_jinja), path("joined/<int:topic>/", joined), path("signed-in/<int:topic>/", signed_in),
    path("reply/<int:topic>/", reply),
]  # fmt: skip
