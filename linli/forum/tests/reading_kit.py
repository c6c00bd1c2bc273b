"""What tests of reading share. Not collected by pytest."""

import re
from datetime import datetime, timedelta

from django.urls import reverse

from linli.common import clock, outbox
from linli.common.pagecache.parts import forget
from linli.forum.actions.polls import open_poll
from linli.forum.models import Post
from linli.forum.poll_rules import PollFacts
from linli.messaging.models import Delivery

from .factories import NOW

PUBLIC = {"question": "要不要加灯？", "options": ("加", "不加", "都行"), "ends_at": NOW + timedelta(days=7)}


def poll_at(topic, by, *, number=1, now=NOW, **more):
    post = Post.objects.get(topic=topic, number=number)
    return open_poll(post=post.pk, facts=PollFacts(**{**PUBLIC, **more}), by=by, now=now)


def options_of(poll) -> list[int]:
    return list(poll.options.values_list("pk", flat=True))


def counted(poll) -> list[int]:
    return list(poll.options.values_list("votes", flat=True))


def run(now: datetime) -> None:
    outbox.run(now)


def letters(person, template="") -> list[Delivery]:
    rows = Delivery.objects.filter(person=person, channel="inbox").select_related("message").order_by("pk")
    return [row for row in rows if not template or row.message.template == template]


# Pages


class Time:
    """The hour that all clocks show; a test moves it on."""

    def __init__(self, monkeypatch):
        self.now = NOW + timedelta(hours=1)
        monkeypatch.setattr(clock, "now", lambda: self.now)
        forget()


def url(name, *args):
    return reverse(f"forum:{name}", args=args)


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()).replace("\u00a0", " "))


def as_(client, actor):
    """The client, signed in as the actor."""
    client.force_login(actor.person)
    return client


def first(topic) -> Post:
    return Post.objects.get(topic=topic, number=1)
