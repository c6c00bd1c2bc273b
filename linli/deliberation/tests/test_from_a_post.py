"""A forum post leads to a question about it, where everybody may read the post."""

import pytest
from django.urls import reverse

from linli.common import clock
from linli.forum.rules import Audience
from linli.forum.tests.factories import make_forum, neighbour, topic_by
from linli.sites.api import site_of

pytestmark = pytest.mark.django_db


def test_a_public_post_offers_to_be_put_as_a_question_and_a_closed_one_does_not(client):
    forum = make_forum()
    topic = topic_by(neighbour(forum), forum.board, "灯不亮", now=clock.now())
    site = site_of(forum.board.place)
    path = reverse("forum:topic", args=[topic.pk])
    link = f'{reverse("deliberation:new", args=[site.slug])}?about=/posts/'
    assert link in client.get(path).content.decode()
    forum.board.reads = Audience.MEMBERS
    forum.board.save()
    assert link not in client.get(path).content.decode()
