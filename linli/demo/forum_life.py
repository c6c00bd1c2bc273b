"""What is done without words: agreeing, thanking, reading, following, voting, and a draft that waits."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from linli.forum.models import (
    Ballot,
    Board,
    Choice,
    Draft,
    Follow,
    Poll,
    PollOption,
    Post,
    Reaction,
    Reading,
    Topic,
    Visit,
)
from linli.forum.poll_rules import Per
from linli.forum.rules import Audience, Following, Reacts
from linli.people.api import Person

from .forum_people import Voices
from .forum_texts import PollText, Talk

if TYPE_CHECKING:
    from .world import World

# persona: how many of ten topics on his boards he has read to the end, and read into
READ = {"he": (6, 2), "hu": (4, 2), "ding": (8, 1), "lu": (3, 3), "fang": (7, 2), "miao": (2, 1)}
LAST_HERE = {
    "he": (30, 5),
    "hu": (52, 26),
    "ding": (20, 2),
    "lu": (200, 170),
    "fang": (16, 3),
    "miao": (120, 75),
}  # hours
FOLLOWED = {
    "he": ("纺机新村", "纺机新村/lift"),
    "fang": ("纺机新村", "纺机新村/lift"),
    "hu": ("银杏苑/swap",),
    "lu": ("运河湾一期/parking",),
}
Pairs = list[tuple[Topic, list[Post]]]


class Life:
    """Made before topics and posts are stored, so that these have their counters from the beginning."""

    def __init__(self, world: World, voices: Voices, rng: random.Random, pairs: Pairs) -> None:
        self.world, self.voices, self.rng, self.pairs = world, voices, rng, pairs
        boards = {topic.board_id: topic.board for topic, _posts in pairs}
        self.pools = {pk: voices.pool(board) for pk, board in boards.items()}
        self.reactions = [row for topic, posts in pairs if _open(topic) for row in self._react(topic, posts)]
        self.readings = [row for topic, posts in pairs for row in self._read(topic, posts)]

    def store(self) -> None:
        Reaction.objects.bulk_create(self.reactions, batch_size=2000)
        Reading.objects.bulk_create(self.readings, batch_size=2000)
        for key, (since, last) in LAST_HERE.items():
            now = self.world.now
            Visit.objects.create(
                person=self.world.people[key],
                since=now - timedelta(hours=since),
                at=now - timedelta(hours=last),
            )
        for topic, posts in self.pairs:
            talk: Talk = topic.demo_talk  # type: ignore[attr-defined]
            if talk.poll is not None:
                _poll(self.world, self.rng, talk.poll, posts[0], self.pools[topic.board_id], self.voices)
        _follow(self.world, self.pairs)

    def _react(self, topic: Topic, posts: list[Post]) -> Iterator[Reaction]:
        """Openings and answers with facts get more; most posts a few or none."""
        rng, pool = self.rng, self.pools[topic.board_id]
        heat = rng.lognormvariate(0, 0.7)
        for post in posts:
            agree, thank = (1.2, 3.6) if post.body_id else (4.5, 0.4) if post.number == 1 else (1.1, 0.5)
            for kind, mean in ((Reacts.AGREE, agree), (Reacts.THANK, thank)):
                amount = min(int(rng.expovariate(1 / (mean * heat))), len(pool) // 2)
                who = [
                    one
                    for one in rng.sample(pool, amount)
                    if one.pk not in (post.author_id, post.for_person_id)
                ]
                yield from (Reaction(post=post, person_id=one.pk, kind=kind) for one in who)
                setattr(post, "agreed" if kind == Reacts.AGREE else "thanked", len(who))

    def _read(self, topic: Topic, posts: list[Post]) -> Iterable[Reading]:
        """Who wrote has read; of the others some; the personas unevenly, so that lamps are lit."""
        rng, now = self.rng, self.world.now
        found: dict[object, Reading] = {}
        for post in posts:
            found[post.author_id] = _reading(topic, post.author_id, post.number, post.at, Following.FOLLOWED)
        for row in found.values():
            if rng.random() < 0.6:
                row.number, row.at = topic.last_number, _after(topic.last_at, rng, now)
        if _open(topic):
            pool = self.pools[topic.board_id]
            for person in rng.sample(pool, min(len(pool), rng.randint(3, 26))):
                number = topic.last_number if rng.random() < 0.7 else rng.randint(1, topic.last_number)
                found.setdefault(
                    person.pk, _reading(topic, person.pk, number, _after(posts[number - 1].at, rng, now))
                )
            for key, shares in READ.items():
                _persona(self.voices, key, shares, topic, posts, found, rng, now)
        topic.readers = len(found)
        return found.values()


def _open(topic: Topic) -> bool:
    return topic.board.reads not in (Audience.OWN, Audience.OFFICES)


def _persona(
    voices: Voices,
    key: str,
    shares: tuple[int, int],
    topic: Topic,
    posts: list[Post],
    found: dict,
    rng: random.Random,
    now: datetime,
) -> None:
    """He has read nothing that was written after he was last here."""
    person, here = voices.people[key], now - timedelta(hours=LAST_HERE[key][1])
    seen = sum(post.at <= here for post in posts)
    if not voices.lives(key, topic.board) or not seen or person.pk in found:
        return
    luck = rng.random() * 10
    if luck < shares[0]:
        found[person.pk] = _reading(topic, person.pk, seen, min(_after(posts[seen - 1].at, rng, now), here))
    elif luck < sum(shares):
        number = rng.randint(1, seen)
        found[person.pk] = _reading(
            topic, person.pk, number, min(_after(posts[number - 1].at, rng, now), here)
        )


def _reading(
    topic: Topic, person: Any, number: int, at: datetime, following: Following = Following.NONE
) -> Reading:
    return Reading(topic=topic, person_id=person, number=number, at=at, following=following)


def _after(at: datetime, rng: random.Random, now: datetime) -> datetime:
    return min(at + timedelta(minutes=rng.expovariate(1 / 300)), now)


def _poll(
    world: World, rng: random.Random, text: PollText, post: Post, pool: list[Person], voices: Voices
) -> None:
    """The shares of the votes are those written down; where homes vote, each regular casts the vote of his own."""
    ends = post.at + timedelta(days=text.days)
    poll = Poll.objects.create(
        post=post, question=text.question, several="several" in text.words, named="named" in text.words,
        hidden="hidden" in text.words, per=Per.HOME if "home" in text.words else Per.PERSON, at=post.at + timedelta(minutes=3), ends_at=ends,
    )  # fmt: skip
    options = [
        PollOption(poll=poll, nth=nth, text=option) for nth, (option, _votes) in enumerate(text.options, 1)
    ]
    PollOption.objects.bulk_create(options)
    weights = [votes for _option, votes in text.options]
    voters = rng.sample(pool, min(int(len(pool) * rng.uniform(0.35, 0.95)), sum(weights)))
    latest = min(ends, world.now)
    homes = {person.pk: voices.home_of(person) if poll.per == Per.HOME else None for person in voters}
    if poll.per == Per.HOME:
        voters = list({homes[person.pk]: person for person in voters}.values())
    ballots = [
        Ballot(
            poll=poll,
            person=person,
            home_id=homes[person.pk],
            at=poll.at + (latest - poll.at) * rng.random() ** 2,
        )
        for person in voters
    ]
    Ballot.objects.bulk_create(ballots, batch_size=500)
    choices = []
    for ballot in ballots:
        amount = rng.choice((1, 1, 2)) if poll.several else 1
        chosen = dict.fromkeys(rng.choices(range(len(options)), weights, k=amount))
        choices += [Choice(ballot=ballot, option=options[nth]) for nth in chosen]
        for nth in chosen:
            options[nth].votes += 1
    Choice.objects.bulk_create(choices, batch_size=500)
    PollOption.objects.bulk_update(options, ["votes"])
    poll.ballots = len(ballots)
    poll.save(update_fields=["ballots"])


def _follow(world: World, pairs: Pairs) -> None:
    boards = {
        f"{board.place.name}/{board.theme}".rstrip("/"): board
        for board in Board.objects.select_related("place")
    }
    for key, names in FOLLOWED.items():
        for name in names:
            Follow.objects.create(person=world.people[key], board=boards[name])
    Follow.objects.create(person=world.people["he"], whom=world.people["ding"])
    muted = next(topic for topic, _posts in pairs if topic.title.startswith("2 幢前的大樟树"))
    Reading.objects.update_or_create(
        person=world.people["he"],
        topic=muted,
        defaults={"following": Following.MUTED},
        create_defaults={"following": Following.MUTED, "number": 1, "at": world.now},
    )
    Draft.objects.create(
        person=world.people["he"], at_what=f"board:{boards['纺机新村'].pk}", title="车棚的灯能不能晚一点关",
        text="现在十一点就关了。我值小夜班，回来正好摸黑。\n\n想问问：", at=world.now - timedelta(hours=9),
    )  # fmt: skip
