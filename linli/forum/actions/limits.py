"""What is asked of everything that is written, before it stands and after: pauses, slow mode, floods, spam, listed words.

By a person's own pace and level, never by how much is going on: a busy evening of many people is what a forum is for.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from linli.common.clock import SHANGHAI
from linli.common.errors import UserError
from linli.people.api import Actor

from .. import hooks
from ..models import Board, Post, SlowMode, Topic
from ..queries.speech import Limits, speech_of
from ..queries.standing import level_at, level_of_person, newcomers, pause_of, recent_posts, writers_since
from ..rules import Approval, PostState
from ..speech_rules import ActKind, Cause, Figures, Level, hits, same
from .noting import note
from .order import slow_topic
from .queue import note_hold

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_MOST_READ = 150  # of a person's posts of a day
_MOST_WATCHED = 500  # of a topic's last posts: an old topic is not read through for a new one

Recent = list[tuple[datetime, int, int, str]]


def before_writing(
    actor: Actor, board: Board, topic: Topic | None, text: str, *, now: datetime, post: Post | None = None
) -> PostState | None:
    """Raises UserError for a pause, a slow mode, and too much in too short a time; WAITING for what is looked at first."""
    assert actor.person is not None
    _check_pause(actor, board, now)
    limits, words = speech_of(board.place)
    if actor.acting is None:
        trust = _Trust(actor, board, limits, now)
        _check_links(text, trust)
        if post is None:
            recent = recent_posts(
                actor.person, now - max(DAY, limits.figures.same_hours * HOUR), now, _MOST_READ
            )
            _check_pace(recent, trust, topic, now)
            _check_slow(actor, recent, board, topic, limits, now)
            if _is_repeated(recent, topic, text, limits.figures, now) or _board_asks(board, trust):
                return PostState.WAITING
        elif _board_asks(board, trust):
            return PostState.WAITING
    return PostState.WAITING if hits(text, words) else None


class _Trust:
    """The writer's level, looked up only where the lowest would not do: most posts never ask."""

    def __init__(self, actor: Actor, board: Board, limits: Limits, now: datetime) -> None:
        self.actor, self.board, self.limits, self.now = actor, board, limits, now

    @property
    def lowest(self) -> Level:
        return self.limits.levels[0]

    @property
    def number(self) -> int:
        return level_at(self.actor, self.board.place, self.limits.levels, self.now)

    def allows(self, name: str, wanted: int) -> int | None:
        """None where so many are allowed, else how many are."""
        if wanted <= getattr(self.lowest, name):
            return None
        most = int(getattr(self.limits.levels[self.number], name))
        return most if wanted > most else None


def _check_pause(actor: Actor, board: Board, now: datetime) -> None:
    assert actor.person is not None
    pause = pause_of(actor.person, board.place, now) if actor.acting is None else None
    if pause is not None:
        until = pause.until.astimezone(SHANGHAI)
        raise UserError(
            _("您在%(place)s的发言暂停到%(month)s月%(day)s日 %(hour)s:%(minute)s。您写的还在。不同意可以申诉，看收件箱。")
            % {
                "place": pause.place.name, "month": until.month, "day": until.day, "hour": until.hour,
                "minute": f"{until.minute:02d}",
            }
        )  # fmt: skip


def _check_links(text: str, trust: _Trust) -> None:
    most = trust.allows("links", len(_LINK.findall(text)))
    if most is not None:
        raise UserError(_("刚来的邻居一条里最多放 %(n)d 个网址，先去掉几个") % {"n": most}, field="text")


def _check_pace(recent: Recent, trust: _Trust, topic: Topic | None, now: datetime) -> None:
    hour = [at for at, *_rest in recent if at > now - HOUR]
    most = trust.allows("posts_hour", len(hour) + 1)
    if most is not None:
        wait = max(1, -(-(hour[most - 1] + HOUR - now) // timedelta(minutes=1)))
        raise UserError(
            _("一小时里发了 %(n)d 条，歇 %(wait)d 分钟再发。您写的还在。") % {"n": len(hour), "wait": wait}
        )
    if topic is not None:
        return
    opened = sum(number == 1 and at > now - DAY for at, _topic, number, _text in recent)
    if trust.allows("topics_day", opened + 1) is not None:
        raise UserError(
            _("今天开了 %(n)d 个话题，明天再开。想说的可以先回在别的话题里。您写的还在。") % {"n": opened}
        )


def _check_slow(
    actor: Actor, recent: Recent, board: Board, topic: Topic | None, limits: Limits, now: datetime
) -> None:
    """The board's own slow mode, and the topic's: an automatic one binds newcomers alone."""
    seconds = board.slow
    if topic is not None and topic.slow:
        running = (
            SlowMode.objects.filter(topic=topic, ended_at=None, until__gt=now).select_related("act").first()
        )
        if running is not None and (
            not running.act.automatic or newcomers([actor.person_id], limits.levels, now)
        ):
            seconds = max(seconds, running.seconds)
    if not seconds:
        return
    mine = [at for at, key, _number, _text in recent if topic is None or key == topic.pk or board.slow]
    if mine and (left := mine[0] + timedelta(seconds=seconds) - now) > timedelta(0):
        wait = -(-left // timedelta(seconds=1))
        raise UserError(_("这里放慢了，%(wait)d 秒以后再发。您写的还在。") % {"wait": wait})


def _is_repeated(recent: Recent, topic: Topic | None, text: str, figures: Figures, now: datetime) -> bool:
    """The same text in one topic after another is looked at first, and then refused; short ones never count."""
    said = same(text.partition("\n")[2] if topic is None else text)
    if len(said) < figures.same_shortest:
        return False
    since = now - figures.same_hours * HOUR
    here = topic.pk if topic is not None else None
    others = {key for at, key, _number, old in recent if at > since and key != here and same(old) == said}
    if len(others) + 1 >= figures.same_refuse:
        raise UserError(
            _("同样的话已经发在 %(n)d 个话题里了。一处说清就够了") % {"n": len(others)}, field="text"
        )
    return len(others) + 1 >= figures.same_hold


def _board_asks(board: Board, trust: _Trust) -> bool:
    return board.approval == Approval.ALL or (board.approval == Approval.NEW and trust.number == 0)


def after_writing(post: Post, now: datetime) -> None:
    """Pictures and names by level; the machine's row for what waits; a wave of newcomers slows the topic down."""
    limits, words = speech_of(post.topic.board.place)
    if post.body_id is None and post.acting is None and post.author is not None:
        _check_parts(post, limits, now)
    if post.state == PostState.WAITING:
        note_hold(post=post, cause=cause_of(post, limits, words, now), now=now)
    elif post.number > 1:
        _watch(post, limits, now)


def _check_parts(post: Post, limits: Limits, now: datetime) -> None:
    assert post.author is not None
    pictures, lowest = len(post.pictures.all()), limits.levels[0]
    names = post.mentions.count() if "@" in post.text else 0
    if pictures <= lowest.pictures and names <= lowest.mentions:
        return
    level = limits.levels[level_of_person(post.author, limits.levels, now)]
    if pictures > level.pictures:
        raise UserError(_("刚来的邻居一条里最多放 %(n)d 张照片") % {"n": level.pictures}, field="pictures")
    if names > level.mentions:
        raise UserError(_("刚来的邻居一条里最多点 %(n)d 个名字") % {"n": level.mentions}, field="text")


def after_editing(post: Post, now: datetime) -> None:
    """What comes back to the queue by an edit has its row too; `before_writing` has said that it waits."""
    if post.state != PostState.SHOWN:
        return
    board = post.topic.board
    limits, words = speech_of(board.place)
    own = post.author is not None and post.acting is None
    if hits(_said(post), words) or (own and _asks_for(post, board, limits, now)):
        cause = cause_of(post, limits, words, now)
        note(ActKind.HOLD, by=None, now=now, topic=post.topic, post=post, cause=cause)


def _asks_for(post: Post, board: Board, limits: Limits, now: datetime) -> bool:
    """The same as `_board_asks`, of a post that stands."""
    if board.approval != Approval.NEW or post.author is None:
        return board.approval == Approval.ALL
    return level_of_person(post.author, limits.levels, now) == 0


def _said(post: Post) -> str:
    return f"{post.topic.title}\n{post.text}" if post.number == 1 else post.text


def cause_of(post: Post, limits: Limits, words: tuple[str, ...], now: datetime) -> Cause:
    """Why a post waits, found again from the post itself."""
    board = post.topic.board
    if hits(_said(post), words):
        return Cause.WORDS
    if board.approval == Approval.ALL:
        return Cause.BOARD
    return Cause.NEW if _asks_for(post, board, limits, now) else Cause.SAME


def _watch(post: Post, limits: Limits, now: datetime) -> None:
    """Many newcomers at once, more than twice as many as others, on a board that is not new itself."""
    figures, topic = limits.figures, post.topic
    if post.body_id is not None or topic.slow or figures.wave_people == 0 or post.number < figures.wave_people:
        return
    since = now - timedelta(minutes=figures.wave_minutes)
    new, others = writers_since(topic.pk, since, now, limits.levels, after=post.number - _MOST_WATCHED)
    if new < figures.wave_people or new <= 2 * others:
        return
    if not Post.objects.filter(topic__board=topic.board_id, at__lt=now - 7 * DAY).exists():
        return
    slow_topic(
        topic=topic,
        seconds=figures.wave_slow,
        hours=figures.wave_hours,
        why=None,
        by=None,
        now=now,
        cause=Cause.WAVE,
    )


hooks.register(hooks.before_writing, before_writing)
hooks.register(hooks.after_writing, after_writing)
hooks.register(hooks.after_editing, after_editing)
