"""Two moderators, two reporters, an appeal and a moderator at the same moment: one effect each."""

import pytest

from linli.common.errors import UserError
from linli.common.tests.at_once_kit import at_once
from linli.forum.actions import acts, appeals, order, queue, reports
from linli.forum.models import Act, Appeal, Post, Report

from .moderation_world import LATER, NOW, WHY, World, make_board

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


def one_of(said):
    """One call had its effect, the others were told so."""
    wrong = [one for one in said if isinstance(one, Exception)]
    assert len(wrong) == len(said) - 1 and all(isinstance(one, UserError) for one in wrong), said


def test_two_moderators_at_once_have_one_effect():
    world = World()
    topic = world.topic()
    post = world.post(topic)
    two = (world.shen, world.fang, world.limin)
    one_of(at_once(*[lambda by=by: acts.hide_post(post=post, why=WHY, by=by, now=LATER) for by in two]))
    one_of(at_once(*[lambda by=by: order.close_topic(topic=topic, why=WHY, by=by, now=LATER) for by in two]))
    board = make_board(world.place, "first", approval="all")
    waits = Post.objects.get(topic=world.topic(board=board))
    one_of(at_once(*[lambda by=by: queue.approve_post(post=waits, by=by, now=LATER) for by in two]))
    board.refresh_from_db()
    world.board.refresh_from_db()
    assert (board.posts, world.board.posts) == (1, 1)
    assert sorted(Act.objects.filter(automatic=False).values_list("kind", flat=True)) == [
        "approve",
        "close",
        "hide",
    ]


def test_the_same_report_and_the_same_appeal_pressed_twice_at_once_are_one():
    world = World()
    post = world.post(world.topic())
    said = at_once(*[lambda: reports.report_post(post=post, article=1, words="", by=world.he, now=NOW)] * 3)
    assert Report.objects.count() == 1 and not any(isinstance(one, Exception) for one in said)
    act = acts.hide_post(post=post, why=WHY, by=world.shen, now=LATER)
    one_of(at_once(*[lambda: appeals.lodge_appeal(act=act, words="不对", by=world.lin, now=LATER)] * 3))
    assert Appeal.objects.count() == 1


def test_an_appeal_is_decided_once_while_a_moderator_restores_the_post():
    world = World()
    post = world.post(world.topic())
    act = acts.hide_post(post=post, why=WHY, by=world.shen, now=NOW)
    appeal = appeals.lodge_appeal(act=act, words="不对", by=world.lin, now=NOW)

    def decide():
        return appeals.decide_appeal(appeal=appeal, overturn=True, answer="对", by=world.limin, now=LATER)

    one_of(at_once(decide, lambda: acts.restore_post(post=post, why=WHY, by=world.shen, now=LATER)))
    assert Post.objects.get(pk=post.pk).state == "shown" and Act.objects.filter(kind="restore").count() == 1
    world.board.refresh_from_db()
    assert world.board.posts == 2
