"""Moderation in the world of the policy: at every board a post that was hidden, and an appeal against an owners' committee."""

from __future__ import annotations

from typing import Any

from linli.common import clock
from linli.forum.models import Act, Appeal, Board
from linli.people.models import Body, Person
from linli.people.rules import BodyKind
from tests.policy.forum import talk

HIDDEN = "她家在三零二。"


def at_spot(found: dict[str, Any], writer: Person, clerk: Person) -> dict[str, Any]:
    """`shut_talk`: hidden by nobody of the actors; `act` and `appeal`: of that; `members_act`: on a board for members."""
    board: Board | None = found.get("board")
    if board is None:
        return {}
    post = talk(board, writer)
    post.state, post.text, post.cooked = "hidden", HIDDEN, f"<p>{HIDDEN}</p>"
    post.save()
    act = _act(post, writer, clerk)
    appeal = Appeal.objects.create(act=act, by=writer, at=clock.now(), words="不对", tier=1)
    return {
        "shut_talk": post,
        "act": act,
        "appeal": appeal,
        "members_act": _act(talk(found["members_board"], writer), writer, clerk),
    }


def _act(post: Any, writer: Person, clerk: Person) -> Act:
    body = Body.objects.filter(
        kind=BodyKind.OWNERS_COMMITTEE, name="业委会从前"
    ).first() or Body.objects.create(
        kind=BodyKind.OWNERS_COMMITTEE, name="业委会从前", valid_from=clock.local_date(clock.now())
    )
    return Act.objects.create(
        at=clock.now(), kind="hide", by=clerk, body=body, place=post.topic.board.place, board=post.topic.board, topic=post.topic, post=post, person=writer,
        article=3, reason="写了门牌",
    )  # fmt: skip
