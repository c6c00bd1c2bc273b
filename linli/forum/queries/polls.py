"""Polls as a reader sees them: the questions of a page in one look, his own votes in another."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from linli.areas.api import Area
from linli.common import prepared
from linli.people.api import Actor, place_name

from ..models import Ballot, Choice, Poll, Post
from ..poll_access import homes_of, may_close, may_vote
from ..poll_rules import VOTERS_SHOWN, Per, shares
from ..rules import PostState


@dataclass(frozen=True)
class OptionLine:
    """An option with its votes; `votes` is None while results are hidden. `who`: names, of an open vote."""

    pk: int
    text: str
    votes: int | None
    percent: int
    checked: bool
    who: tuple[str, ...] = ()


@dataclass(frozen=True)
class HomeLine:
    pk: int
    name: str
    voted: bool


@dataclass
class PollLine:
    """One poll for one reader."""

    poll: Poll
    options: list[OptionLine]
    over: bool
    shown: bool  # whether results are
    votes: bool  # whether he may vote now
    voted: bool
    homes: list[HomeLine] = field(default_factory=list)
    closes: bool = False

    @property
    def per_home(self) -> bool:
        return self.poll.per == Per.HOME


def polls_between(topic: int, first: int, last: int) -> list[tuple[int, int]]:
    """(number, key of the poll) of the posts with these numbers; one statement written once."""
    return [(number, key) for number, key in prepared.rows(_between, values=(topic, first, last))]


def _between(topic: int, first: int, last: int) -> QuerySet[Any, Any]:
    rows = Poll.objects.filter(post__topic=topic, post__number__gte=first, post__number__lte=last)
    return rows.exclude(post__state__in=[PostState.HIDDEN, PostState.ERASED]).order_by("post__number").values_list("post__number", "pk")



def poll_at(pk: int) -> Poll | None:
    return Poll.objects.select_related("post__topic__board__place", "post__author", "post__body").filter(pk=pk).first()


def lines_of(keys: Iterable[int], actor: Actor, now: datetime) -> dict[int, PollLine]:
    """The polls for this reader, by key: three statements with his own votes, two for a visitor."""
    polls = list(
        Poll.objects.filter(pk__in=list(keys)).select_related("post__topic__board__place").prefetch_related("options")
    )
    boards = {poll.pk: poll.post.topic.board for poll in polls}
    homes = {poll.pk: homes_of(actor, boards[poll.pk]) if poll.per == Per.HOME else [] for poll in polls}
    chosen, voted = _own(polls, actor, homes)
    return {poll.pk: _line(poll, actor, now, chosen[poll.pk], voted, homes[poll.pk]) for poll in polls}


def _own(polls: Collection[Poll], actor: Actor, homes: dict[int, list[int]]) -> tuple[dict[int, set[int]], set[tuple[int, int | None]]]:
    """What he, or a home of his, has chosen; and for whom a vote was cast."""
    chosen: dict[int, set[int]] = {poll.pk: set() for poll in polls}
    if actor.person_id is None or not polls:
        return chosen, set[tuple[int, int | None]]()
    all_homes = {key for some in homes.values() for key in some}
    mine = Q(ballot__person=actor.person_id, ballot__home=None) | Q(ballot__home__in=all_homes)
    rows = Choice.objects.filter(mine, ballot__poll__in=[poll.pk for poll in polls])
    voted: set[tuple[int, int | None]] = set()
    for poll, home, option in rows.values_list("ballot__poll", "ballot__home", "option").order_by("pk"):
        if home is None or home in homes[poll]:
            voted.add((poll, home))
            if home is None or home == homes[poll][0]:
                chosen[poll].add(option)
    return chosen, voted


def _line(
    poll: Poll, actor: Actor, now: datetime, chosen: set[int], voted: set[tuple[int, int | None]], homes: list[int]
) -> PollLine:
    over = poll.is_over(now)
    shown = over or not poll.hidden
    options = list(poll.options.all())
    percents = shares([option.votes for option in options], poll.ballots, several=poll.several)
    lines = [
        OptionLine(option.pk, option.text, option.votes if shown else None, percent if shown else 0, option.pk in chosen)
        for option, percent in zip(options, percents, strict=True)
    ]
    votes = not over and poll.post.state == PostState.SHOWN and may_vote(actor, poll.post.topic.board)
    votes = votes and (poll.per == Per.PERSON or bool(homes))
    names = _names(homes) if len(homes) > 1 else {}
    return PollLine(
        poll, lines, over, shown, votes, any(key == poll.pk for key, _home in voted),
        [HomeLine(key, names[key], (poll.pk, key) in voted) for key in homes] if names else [],
        closes=not over and actor.person_id is not None and may_close(actor, poll.post),
    )  # fmt: skip


def _names(homes: Collection[int]) -> dict[int, str]:
    return {area.pk: place_name(area) for area in Area.objects.filter(pk__in=homes)}


def voters_of(poll: Poll) -> dict[int, list[str]]:
    """By option, who chose it, of a vote that is open: names of living accounts, the first `VOTERS_SHOWN`."""
    if not poll.named:
        return {}
    found: dict[int, list[str]] = {}
    rows = Choice.objects.filter(ballot__poll=poll, ballot__person__closed_at=None).order_by("ballot__at", "pk")
    for option, name in rows.values_list("option", "ballot__person__display_name")[: VOTERS_SHOWN * 12]:
        if name and len(found.setdefault(option, [])) < VOTERS_SHOWN:
            found[option].append(name)
    return found


def has_poll(post: Post) -> bool:
    return Poll.objects.filter(post=post).exists()


def ballots_of(person: Any) -> list[Ballot]:
    """His votes, for his copy of everything."""
    return list(Ballot.objects.filter(person=person).select_related("poll").prefetch_related("choices__option"))
