"""Opening polls, voting, and ending them. Every verb that counts holds the rows of the topic, post and poll."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F
from django.utils.translation import gettext as _

from linli.common import audit
from linli.common.errors import NotAllowed, UserError
from linli.design.dates import moment_text
from linli.people.api import Actor

from .. import access
from ..models import Ballot, Choice, Poll, PollOption
from ..poll_access import homes_of, may_close, may_open, may_vote
from ..poll_rules import Per, PollFacts, check_choice, check_facts
from ..rules import PostState
from .noting import lock_post
from .touching import touch_topics


@transaction.atomic
def open_poll(*, post: int, facts: PollFacts, by: Actor, now: datetime) -> Poll:
    """Put a poll below one's own post. Raises UserError at the field that is wrong, NotAllowed for others' posts."""
    row = lock_post(post)
    if not may_open(by, row, now):
        raise NotAllowed(_("投票只能加在自己写的楼里"))
    check_facts(facts, now)
    if Poll.objects.filter(post=row).exists():
        raise UserError(_("这一楼已经有投票了"), field="question")
    poll = Poll.objects.create(
        post=row, question=facts.question, several=facts.several, per=facts.per, named=facts.named, hidden=facts.hidden,
        at=now, ends_at=facts.ends_at,
    )  # fmt: skip
    PollOption.objects.bulk_create(PollOption(poll=poll, nth=nth, text=text) for nth, text in enumerate(facts.options, 1))
    touch_topics({row.topic_id})
    return poll


@transaction.atomic
def vote(*, poll: int, chosen: Collection[int], by: Actor, now: datetime, home: int | None = None) -> Ballot:
    """Cast one's vote, or another one instead of it; the same once more changes nothing. `chosen`: keys of options.

    Raises NotAllowed where he has no vote, UserError for a poll that is over and for a choice that cannot be.
    """
    row = _locked(poll)
    board = row.post.topic.board
    if row.post.state != PostState.SHOWN or not access.may_read_topic(by, row.post.topic) or not may_vote(by, board):
        raise NotAllowed(_("这个投票给%(place)s的居民") % {"place": board.place.name})
    if row.is_over(now):
        ended = min(row.ends_at, row.closed_at or row.ends_at)
        raise UserError(_("投票%(when)s截止了，这一票没有计入") % {"when": moment_text(ended, now)}, field="choice")
    options = set(PollOption.objects.filter(poll=row).values_list("pk", flat=True))
    check_choice(chosen, options, several=row.several)
    return _cast(row, set(chosen), _voter(row, by, home), now)


def _voter(poll: Poll, by: Actor, home: int | None) -> dict[str, Any]:
    """By which fields the ballot is found: a person's, or that of a home of his."""
    if poll.per == Per.PERSON:
        return {"person_id": by.person_id, "home": None}
    homes = homes_of(by, poll.post.topic.board)
    if not homes:
        raise UserError(_("一户一票：先认好住处，才能替这一户投"), field="choice")
    if home is None and len(homes) > 1:
        raise UserError(_("选一下替哪一户投"), field="home")
    if home is not None and home not in homes:
        raise UserError(_("这一户不是您的住处，换一户"), field="home")
    return {"home_id": home or homes[0], "person_id": by.person_id}


def _cast(poll: Poll, chosen: set[int], voter: dict[str, Any], now: datetime) -> Ballot:
    person = voter["person_id"]
    if voter.get("home_id"):
        ballot = Ballot.objects.filter(poll=poll, home=voter["home_id"]).first()
    else:
        ballot = Ballot.objects.filter(poll=poll, person=person, home=None).first()
    before: set[int] = set()
    if ballot is None:
        ballot = Ballot.objects.create(poll=poll, at=now, **voter)
        Poll.objects.filter(pk=poll.pk).update(ballots=F("ballots") + 1)
    else:
        before = set(ballot.choices.values_list("option_id", flat=True))
        if before == chosen and ballot.person_id == person:
            return ballot
        Ballot.objects.filter(pk=ballot.pk).update(person=person, at=now)
    ballot.choices.filter(option__in=before - chosen).delete()
    Choice.objects.bulk_create(Choice(ballot=ballot, option_id=key) for key in sorted(chosen - before))
    PollOption.objects.filter(pk__in=before - chosen).update(votes=F("votes") - 1)
    PollOption.objects.filter(pk__in=chosen - before).update(votes=F("votes") + 1)
    touch_topics({poll.post.topic_id})
    return ballot


@transaction.atomic
def take_back(*, poll: int, by: Actor, now: datetime, home: int | None = None) -> bool:
    """One's vote counts no longer; False where there was none. Raises UserError for a poll that is over."""
    row = _locked(poll)
    if row.is_over(now):
        raise UserError(_("投票已经截止，票不能再收回"), field="choice")
    if not may_vote(by, row.post.topic.board):
        raise NotAllowed(_("这里没有您的票"))
    voter = _voter(row, by, home)
    mine = {"home": voter["home_id"]} if voter.get("home_id") else {"person": voter["person_id"], "home": None}
    gone = _drop(Ballot.objects.filter(poll=row, **mine).values_list("pk", flat=True))
    if gone:
        touch_topics({row.post.topic_id})
    return bool(gone)


@transaction.atomic
def close_poll(*, poll: int, by: Actor, now: datetime) -> Poll:
    """End it before its time: who asked, or who keeps order there. Once over, a second call changes nothing."""
    row = _locked(poll)
    if not may_close(by, row.post):
        raise NotAllowed(_("只有发起的人和版主能提前截止"))
    if not row.is_over(now):
        row.closed_at = now
        row.save(update_fields=["closed_at"])
        audit.record(actor=by, action="forum.poll.close", subject=row, place=row.post.topic.board.place, now=now)
        touch_topics({row.post.topic_id})
    return row


@transaction.atomic
def merge_voters(*, keep: UUID, drop: UUID) -> None:
    """Two accounts of one person: where both have voted, the kept one's vote stays."""
    own = set(Ballot.objects.filter(person=keep, home=None).values_list("poll_id", flat=True))
    theirs = Ballot.objects.filter(person=drop)
    _drop(theirs.filter(home=None, poll__in=own).values_list("pk", flat=True))
    theirs.update(person=keep)


def forget_voter(*, person: UUID) -> int:
    """Of a closed account the votes stay, without whose they were."""
    return Ballot.objects.filter(person=person).update(person=None)


@transaction.atomic
def recount_polls(polls: Iterable[int] | None = None, *, mend: bool = True) -> int:
    """How many polls count what their rows do not say; set right unless `mend` is False. For the nightly repair."""
    rows = Poll.objects.select_for_update() if polls is None else Poll.objects.select_for_update().filter(pk__in=list(polls))
    return sum(_recount(row, mend) for row in rows.order_by("pk"))


def _recount(poll: Poll, mend: bool) -> bool:
    ballots = Ballot.objects.filter(poll=poll).count()
    votes = dict(Choice.objects.filter(option__poll=poll).values_list("option").annotate(n=Count("pk")).order_by())
    drifted = [one for one in PollOption.objects.filter(poll=poll) if one.votes != votes.get(one.pk, 0)]
    if mend:
        Poll.objects.filter(pk=poll.pk).update(ballots=ballots)
        for option in drifted:
            PollOption.objects.filter(pk=option.pk).update(votes=votes.get(option.pk, 0))
    return bool(drifted) or poll.ballots != ballots


def _drop(ballots: Iterable[int]) -> int:
    """Take ballots out, with what they counted for."""
    keys = list(ballots)
    for ballot in Ballot.objects.filter(pk__in=keys):
        options = list(ballot.choices.values_list("option_id", flat=True))
        PollOption.objects.filter(pk__in=options).update(votes=F("votes") - 1)
        Poll.objects.filter(pk=ballot.poll_id).update(ballots=F("ballots") - 1)
        ballot.delete()
    return len(keys)


def _locked(poll: int) -> Poll:
    """The poll with its post and topic: all locked, the topic first, as everywhere."""
    post = lock_post(Poll.objects.values_list("post", flat=True).get(pk=poll))
    found = Poll.objects.select_for_update().get(pk=poll)
    found.post = post
    return found
