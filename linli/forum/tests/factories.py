"""A small forum for tests. Not collected by pytest."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count

from linli.areas.api import Area, Level
from linli.areas.tests.factories import make_cell, make_home
from linli.forum.actions.boards import ensure_boards
from linli.forum.actions.posts import write_post
from linli.forum.actions.topics import open_topic
from linli.forum.models import Board, Post, Topic
from linli.people.models import Body, Person
from linli.people.policy import Actor
from linli.people.rules import BodyKind, ResidencyKind, Role
from linli.people.tests.factories import actor_of, make_body, make_person, make_post, make_residency
from linli.sites.api import ensure_sites

NOW = datetime(2026, 5, 19, 8, 0, tzinfo=UTC)
TODAY = date(2026, 5, 19)
_n = count(1)
_column = count(3)


@dataclass
class Forum:
    """A cell with its sites and boards: `board` of a compound, `wide` of its community, `other` of another compound."""

    places: dict[str, Area]
    board: Board
    wide: Board
    other: Board
    bodies: dict[str, Body] = field(default_factory=dict)


def make_forum() -> Forum:
    places = make_cell()
    ensure_sites(now=NOW)
    ensure_boards()
    boards = {board.place_id: board for board in Board.objects.select_related("place")}
    forum = Forum(
        places,
        boards[places["compound_a1"].pk],
        boards[places["community_a"].pk],
        boards[places["compound_b1"].pk],
    )
    forum.bodies = {
        "committee": make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"], name="青砖里居委会"),
        "property": make_body(BodyKind.PROPERTY_COMPANY, places["compound_a1"], name="邻安物业"),
        "owners": make_body(BodyKind.OWNERS_COMMITTEE, places["compound_a1"], name="纺机新村业委会"),
        "street": make_body(BodyKind.STREET_OFFICE, places["street"], name="柳渡街道办"),
    }
    return forum


ROLES = {
    "committee": Role.RESIDENTS_COMMITTEE, "property": Role.PROPERTY_COMPANY, "owners": Role.OWNERS_COMMITTEE,
    "street": Role.STREET_OFFICE,
}  # fmt: skip


def neighbour(
    forum: Forum, name: str = "林小满", *, place: str = "compound_a1", kind=ResidencyKind.OWNER
) -> Actor:
    """Somebody with a verified home in the compound (of `compound_a1`: in building 3)."""
    if place == "compound_a1":
        home = make_home(forum.places["entrance"], f"{next(_n)}99", 9, next(_column))
    else:
        from linli.areas.tests.factories import make_area

        building = make_area(Level.BUILDING, forum.places[place], f"{next(_n)} 幢")
        home = make_home(make_area(Level.ENTRANCE, building, "1 单元"), "101")
    person = make_person(name)
    make_residency(person, home, kind)
    return actor_of(person)


def newcomer(name: str = "路过的人") -> Actor:
    """Signed in, nothing verified."""
    return actor_of(make_person(name))


def officer(forum: Forum, office: str = "property", name: str = "周海宁", title: str = "工程主管") -> Actor:
    """Somebody whose post in one of the forum's offices acts."""
    person: Person = make_person(name)
    make_post(person, forum.bodies[office], ROLES[office], title=title)
    return actor_of(person)


def topic_by(
    actor: Actor, board: Board, title: str = "", text: str = "下班走那条步道，一盏亮的灯都没有。", **more
) -> Topic:
    return open_topic(
        by=actor,
        board=board,
        title=title or f"步道的灯 {next(_n)}",
        text=text,
        now=more.pop("now", NOW),
        **more,
    )


def reply_by(actor: Actor, topic: Topic, text: str = "三盏我都数过。", **more) -> Post:
    return write_post(
        by=actor, topic=topic, text=text, now=more.pop("now", NOW + timedelta(minutes=next(_n))), **more
    )
