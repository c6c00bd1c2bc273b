"""The forum in the world of the policy: at every place with a board, topics that everybody reads, that members read, and a box."""

from __future__ import annotations

from typing import Any

from linli.areas.api import Area
from linli.common import clock
from linli.common.ids import uuid7
from linli.forum.models import Board, Draft, Post, Topic
from linli.people.models import Person


def at_spot(area: Area, writer: Person) -> dict[str, Any]:
    """The place's own board; one for its members; a complaint box. Each with a topic of the writer's."""
    board = Board.objects.filter(place=area, theme="").first()
    if board is None:
        return {}
    members = Board.objects.create(place=area, theme="members", name="自家事", reads="members")
    box = Board.objects.create(place=area, theme="box", name="意见箱", reads="own", writes="own")
    offices = Board.objects.create(
        place=area, theme="offices", name="单位间", reads="offices", writes="offices"
    )
    found: dict[str, Any] = {"board": board, "members_board": members, "offices_board": offices}
    for name, where in (("", board), ("members_", members), ("box_", box), ("offices_", offices)):
        post = talk(where, writer)
        found |= {f"{name}topic": post.topic, f"{name}talk": post}
    return found | {"forum_draft": draft(writer)}


def talk(board: Board, writer: Person) -> Post:
    now = clock.now()
    topic = Topic.objects.create(
        board=board, title="灯不亮", author=writer, at=now, last_at=now, last_number=1, last_name="人"
    )
    return Post.objects.create(
        topic=topic, number=1, author=writer, text="两盏。", cooked="<p>两盏。</p>", at=now, key=uuid7()
    )


def draft(writer: Person) -> Draft:
    at_what = f"board:{Draft.objects.filter(person=writer).count() + 1}"
    return Draft.objects.create(person=writer, at_what=at_what, text="写到一半", at=clock.now())


def own_of(area: Area, who: Person) -> dict[str, Any]:
    """What an actor wrote himself, where he may write."""
    board = Board.objects.filter(place=area, theme="").first()
    found: dict[str, Any] = {"forum_draft": draft(who)}
    return found | {"talk": talk(board, who)} if board else found
