"""A board with residents and moderators for the tests of moderation. Not collected by pytest."""

from datetime import timedelta
from itertools import count

from linli.areas.tests.factories import make_cell
from linli.forum.actions.boards import ensure_boards
from linli.forum.actions.noting import Why
from linli.forum.actions.posts import write_post
from linli.forum.actions.topics import open_topic
from linli.forum.models import Board
from linli.forum.rules import Audience
from linli.people.rules import BodyKind, ResidencyKind, Role
from linli.people.tests.factories import NOW, actor_of, make_body, make_person, make_post, make_residency
from linli.sites.api import ensure_sites

_n = count(1)
WHY = Why(3, "写了别人家的门牌")
ORDERLY = Why(0, "放到对的地方，看着清楚")
LATER = NOW + timedelta(minutes=10)


class World:
    """`he` and `lin` live in 纺机新村; 业委会 (fang), 居委会 (shen), 街道办 (limin and qian), 区 (gu)."""

    def __init__(self):
        self.places = make_cell()
        self.place = self.places["compound_a1"]
        ensure_sites(now=NOW)
        ensure_boards()
        self.board = Board.objects.select_related("place").get(place=self.place, theme="")
        self.he, self.lin = self.resident("何立群"), self.resident("林小满")
        a, street = self.places["community_a"], self.places["street"]
        self.fang = self.officer("方建国", BodyKind.OWNERS_COMMITTEE, Role.OWNERS_COMMITTEE, self.place)
        self.shen = self.officer("沈玉兰", BodyKind.RESIDENTS_COMMITTEE, Role.RESIDENTS_COMMITTEE, a)
        self.limin = self.officer("李敏", BodyKind.STREET_OFFICE, Role.STREET_OFFICE, street)
        self.qian = actor_of(
            make_post(make_person("钱进"), make_body_of(self.limin), Role.STREET_OFFICE).person
        )
        self.gu = self.officer("顾全", BodyKind.DISTRICT, Role.DISTRICT, self.places["district"])
        self.stranger = self.officer(
            "外人", BodyKind.RESIDENTS_COMMITTEE, Role.RESIDENTS_COMMITTEE, self.places["community_b"]
        )
        self.property = self.officer("唐惠民", BodyKind.PROPERTY_COMPANY, Role.PROPERTY_COMPANY, self.place)

    def resident(self, name, days=200, place=None):
        """An actor who has had a verified home here for so many days."""
        person = make_person(name)
        at = NOW - timedelta(days=days)
        make_residency(person, place or self.places["home"], ResidencyKind.FAMILY, claimed_at=at)
        return actor_of(person)

    def officer(self, name, kind, role, place):
        return actor_of(make_post(make_person(name), make_body(kind, place), role).person)

    def topic(self, by=None, board=None, now=NOW, **more):
        """A topic whose first post is by `he`."""
        words = {
            "title": f"电梯又停了{next(_n)}",
            "text": f"三幢电梯今天停了 {next(_n)} 次，谁知道几点能修好。",
            **more,
        }
        return open_topic(by=by or self.he, board=board or self.board, now=now, **words)

    def post(self, topic=None, by=None, now=NOW, text="", **more):
        """A reply by `lin`."""
        text = text or f"刚才问过门卫，说师傅下午 {next(_n)} 点来看。"
        return write_post(by=by or self.lin, topic=topic or self.topic(), text=text, now=now, **more)


def make_body_of(actor):
    from linli.people.models import Body

    return Body.objects.get(pk=actor.acting.body_id)


def make_board(place, theme="", name="", reads=Audience.PUBLIC, **fields):
    return Board.objects.create(place=place, theme=theme, name=name or place.name, reads=reads, **fields)


__all__ = ["LATER", "NOW", "ORDERLY", "WHY", "World", "actor_of", "make_board"]
