"""Ninety days of moderation on the demo's topics: acts, reports, appeals, what still waits, and one community's own rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from linli.common import clock
from linli.deliberation import api as deliberation
from linli.forum import api as forum
from linli.forum.api import Act, Board, Pin, Post, PostState, Topic, Why
from linli.people.api import Actor, Residency, ResidencyState

from . import actors
from .forum_texts_order import HOMES
from .moderation_texts import CASES, HELD, QUESTION, REPORTED, RULES, STREET, WORDS, Case

if TYPE_CHECKING:
    from .world import World

DECIDERS = {"纺机新村业委会": "青砖里居委会"}  # of all others the street office
HOUR = timedelta(hours=1)


def build(world: World) -> None:
    _Moderation(world).build()


class _Moderation:
    def __init__(self, world: World) -> None:
        self.world = world
        boards = Board.objects.filter(theme="").select_related("place")
        self.boards = {board.place.name: board for board in boards}
        self.people: dict[str, list[Any]] = {}

    def build(self) -> None:
        self._rules()
        for case in sorted(CASES, key=lambda one: -one.days):
            self._case(case)
        for place, who, text, number, article, hours in REPORTED:
            at = self.world.now - hours * HOUR
            post = self._post(place, who, text, at - HOUR)
            self._report(post, number, article, at)
        for place, who, text in HELD:
            self._post(place, who, text, self.world.now - 2 * HOUR)
        self._question()

    def _question(self) -> None:
        """One question was hidden; its author did not get his way, and the office answered it all the same."""
        asked, by = self._morning(19) - 12 * HOUR, self._neighbour(QUESTION.place, 48)
        office, place = self.world.bodies[QUESTION.office], self.world.places[QUESTION.place]
        words = deliberation.Words(place, office, QUESTION.title, QUESTION.text, "safety")
        key = UUID(int=self.world.rng.getrandbits(128), version=4)
        question = deliberation.ask_question(key=key, words=words, by=by, now=asked)
        act = forum.hide_thing(
            ref=forum.ref_of("question", question.pk), why=Why(1, QUESTION.reason), by=self._office(QUESTION.hidden_by), now=self._morning(18)
        )
        deliberation.answer_question(
            question=question.pk, text=QUESTION.answer, by=actors.office(self.world, office), now=self._morning(17)
        )
        appeal = forum.lodge_appeal(act=act, words=QUESTION.appeal, by=by, now=self._morning(17) + 9 * HOUR)
        forum.decide_appeal(
            appeal=appeal, overturn=False, answer=QUESTION.decided, by=self._office(STREET), now=self._morning(14)
        )

    def _rules(self) -> None:
        for place, (days, body, lead, articles) in RULES.items():
            by, at = self._office(body), self.world.now - timedelta(days=days)
            forum.adopt_rules(
                place=self.world.places[place],
                articles=articles,
                lead=lead,
                adopted_on=at.date(),
                by=by,
                now=at,
            )
        by = self._office(STREET)
        forum.set_words(
            place=self.world.places["柳渡街道"], words=WORDS, by=by, now=self.world.now - timedelta(days=90)
        )

    def _office(self, name: str) -> Actor:
        return actors.office(self.world, self.world.bodies[name])

    def _neighbour(self, place: str, nth: int) -> Actor:
        if place not in self.people:
            stays = Residency.objects.filter(
                area__path__under=self.world.places[place].path, state=ResidencyState.VERIFIED, person__demo_key="",
                kind__in=["owner", "tenant"], person__posts=None,
            )  # fmt: skip
            rows = stays.select_related("person").order_by("area_id", "pk")
            self.people[place] = list(dict.fromkeys(stay.person for stay in rows))
        found = self.people[place]
        return actors.oneself(self.world, found[nth * 7 % len(found)])

    def _topics(self, place: str, before: datetime, about: str = "") -> Any:
        """The topic where the case belongs, else those that were quiet by then, the latest first."""
        rows = Topic.objects.filter(
            board=self.boards[place], last_at__lt=before, closed_at=None, merged_into=None, source="", state=PostState.SHOWN
        )
        home = rows.filter(title__in=[title for words, title in HOMES.items() if about.startswith(words)])
        return (home if home.exists() else rows).order_by("-last_at")

    def _post(self, place: str, who: int | str, text: str, at: datetime) -> Post:
        """In a topic that was quiet by then; before there is any, in one of its own."""
        topic = self._topics(place, at, text).first()
        by = (
            self._neighbour(place, who)
            if isinstance(who, int)
            else actors.oneself(self.world, self.world.people[who])
        )
        if topic is None:
            title = re.split("[，。？！：]", text)[0]
            opened = forum.open_topic(by=by, board=self.boards[place], title=title, text=text, private_ok=True, now=at)
            return Post.objects.select_related("topic__board__place").get(topic=opened, number=1)
        return forum.write_post(by=by, topic=topic, text=text, private_ok=True, now=at)

    def _report(self, post: Post, number: int, article: int, at: datetime) -> None:
        """By neighbours of the same place, half an hour apart."""
        place = post.topic.board.place.name
        for n in range(number):
            by = self._neighbour(place, post.pk % 50 + 60 + n)
            if by.person_id != post.author_id:
                forum.report_post(post=post, article=max(article, 1), words="", by=by, now=at + n * HOUR / 2)

    def _morning(self, days: int) -> datetime:
        """Ten o'clock, so many days ago: offices act by day."""
        return clock.start_of(self.world.today - timedelta(days=days)) + 10 * HOUR

    def _case(self, case: Case) -> None:
        at, by = self._morning(case.days), self._office(case.office)
        why = Why(case.article, case.reason)
        act = self._about_post(case, by, why, at) if case.text else self._about_topic(case, by, why, at)
        if case.appeal and act is not None:
            self._appeal(case, act, at)

    def _about_post(self, case: Case, by: Actor, why: Why, at: datetime) -> Act:
        post = self._post(case.place, case.who, case.text, at - 14 * HOUR)
        self._report(post, case.reports, case.article, at - 13 * HOUR)
        if case.kind == "pause":
            return forum.pause_author(post=post, hours=case.hours, why=why, by=by, now=at)
        if case.kind == "erase":
            return forum.erase_post(post=post, basis=case.reason, by=by, now=at)
        if case.kind == "lift":
            warned = forum.warn_author(post=post, why=Why(5, "八点以后放音响"), by=by, now=at - 3 * HOUR)
            return forum.lift_act(act=warned, why=why, by=by, now=at)
        if case.kind == "restore":
            forum.hide_post(post=post, why=Why(3, "写了别人家的位置"), by=by, now=at - 3 * HOUR)
            return forum.restore_post(post=post, why=why, by=by, now=at)
        verbs: dict[str, Callable[..., Act]] = {
            "hide": forum.hide_post, "warn": forum.warn_author, "dismiss": forum.dismiss_reports,
        }  # fmt: skip
        return verbs[case.kind](post=post, why=why, by=by, now=at)

    def _about_topic(self, case: Case, by: Actor, why: Why, at: datetime) -> Act | None:
        rows = self._topics(case.place, at - 3 * HOUR, f"{case.kind} {case.days}").filter(  # a clarification comes first
            body=None, author__demo_key="", pin=Pin.NONE, clarified_by=None
        )
        if case.kind == "split":
            rows = rows.filter(replies__gte=3)
        topic = rows.first()
        if topic is None:
            return None
        common: dict[str, Any] = {"topic": topic, "why": why, "by": by, "now": at}
        return getattr(self, f"_{case.kind}")(case, common)

    def _close(self, _case: Case, common: dict[str, Any]) -> Act:
        return forum.close_topic(**common)

    def _reopen(self, _case: Case, common: dict[str, Any]) -> Act:
        forum.close_topic(**{**common, "why": Why(9, "事情办完了"), "now": common["now"] - 18 * HOUR})
        return forum.reopen_topic(**common)

    def _slow(self, case: Case, common: dict[str, Any]) -> Act:
        act = forum.slow_topic(**common, seconds=120, hours=case.hours)
        forum.quicken_topic(topic=common["topic"], why=None, by=None, now=common["now"] + case.hours * HOUR)
        return act

    def _pin(self, case: Case, common: dict[str, Any]) -> Act:
        act = forum.pin_topic(**common, pin=Pin.PINNED, until=common["now"] + case.hours * HOUR)
        forum.unpin_topic(**{**common, "why": Why(0, "日子过了"), "now": common["now"] + case.hours * HOUR})
        return act

    def _unpin(self, _case: Case, common: dict[str, Any]) -> Act:
        before = {**common, "why": Why(9, "清理期间请大家看"), "now": common["now"] - 48 * HOUR}
        forum.pin_topic(**before, pin=Pin.PINNED, until=None)
        return forum.unpin_topic(**common)

    def _move(self, case: Case, common: dict[str, Any]) -> Act | None:
        board = (
            Board.objects.filter(place=common["topic"].board.place, reads="public")
            .exclude(theme="")
            .order_by("order")
            .first()
        )
        return forum.move_topic(**common, board=board) if board is not None else None

    def _split(self, _case: Case, common: dict[str, Any]) -> Act | None:
        last = (
            Post.objects.filter(topic=common["topic"], state=PostState.SHOWN, number__gt=1)
            .order_by("-number")
            .first()
        )
        return (
            forum.split_topic(**common, numbers=[last.number], title="门禁卡到哪里补")
            if last is not None
            else None
        )

    def _merge(self, case: Case, common: dict[str, Any]) -> Act | None:
        topic = common["topic"]
        into = (
            self._topics(case.place, common["now"], f"into {case.days}")
            .filter(body=None, clarified_by=None)
            .exclude(pk=topic.pk)
            .first()
        )
        return forum.merge_topics(**common, into=into) if into is not None else None

    def _clarify(self, case: Case, common: dict[str, Any]) -> Act:
        text = "问过供水公司：没有停水七天的安排。周三上午 8 点到 12 点冲洗管道，先存点水，12 点前恢复。"
        hours = common["now"] - 2 * HOUR
        post = forum.write_post(by=common["by"], topic=common["topic"], text=text, as_office=True, now=hours)
        return forum.clarify_topic(
            topic=common["topic"], number=post.number, source="供水公司客服答复，工单已留底", reason=case.reason, by=common["by"],
            now=common["now"],
        )  # fmt: skip

    def _appeal(self, case: Case, act: Act, at: datetime) -> None:
        assert act.person is not None
        by = actors.oneself(self.world, act.person)
        appeal = forum.lodge_appeal(act=act, words=case.appeal, by=by, now=at + 9 * HOUR)
        if case.answer:
            decider = self._office(DECIDERS.get(case.office, STREET))
            forum.decide_appeal(
                appeal=appeal, overturn=case.overturned, answer=case.answer, by=decider, now=at + 53 * HOUR
            )
