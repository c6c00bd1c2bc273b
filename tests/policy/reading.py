"""Reading in the world of the policy: a poll below a post of the board, and what somebody follows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from linli.common import clock
from linli.forum.models import Follow, Poll, PollOption
from linli.people.models import Person
from tests.policy.forum import talk


def at_spot(found: dict[str, Any], who: Person) -> dict[str, Any]:
    """`poll`, `follow`: of the writer at this place, or of an actor who writes there (`found` then holds his `talk`)."""
    post = found.get("talk")
    if post is None:
        return {}
    board = post.topic.board
    now = clock.now()
    poll = Poll.objects.create(post=talk(board, who), question="要不要加灯？", at=now, ends_at=now + timedelta(days=3))
    PollOption.objects.bulk_create(PollOption(poll=poll, nth=nth, text=text) for nth, text in enumerate(("加", "不加"), 1))
    return {"poll": poll, "follow": Follow.objects.create(person=who, board=board)}
