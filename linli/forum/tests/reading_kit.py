"""What tests of reading share. Not collected by pytest."""

from datetime import datetime, timedelta

from linli.common import outbox
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
