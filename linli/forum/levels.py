"""What somebody's level on a board lets him do, and what the next one needs, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import ngettext

from linli.people.api import Actor

from .models import Board
from .queries.speech import limits_for
from .queries.standing import conduct_of
from .speech_rules import Level, level_of


@dataclass(frozen=True)
class Standing:
    """`number` counts from 1; `needs` is empty on the highest level."""

    number: int
    highest: int
    gives: list[str]
    needs: list[str]


def standing_at(actor: Actor, board: Board, now: datetime) -> Standing | None:
    """None for an office, which no level binds."""
    if actor.person is None or actor.acting is not None:
        return None
    levels = limits_for(board.place).levels
    conduct = conduct_of(actor.person, levels, now)
    number = level_of(levels, **conduct)
    ahead = levels[number + 1] if number + 1 < len(levels) else None
    return Standing(number + 1, len(levels), _gives(levels[number]), _needs(ahead, conduct) if ahead else [])


def _gives(level: Level) -> list[str]:
    return [
        ngettext("一小时 %(n)d 条", "一小时 %(n)d 条", level.posts_hour) % {"n": level.posts_hour},
        ngettext("一天开 %(n)d 个话题", "一天开 %(n)d 个话题", level.topics_day) % {"n": level.topics_day},
        ngettext("一条 %(n)d 张照片", "一条 %(n)d 张照片", level.pictures) % {"n": level.pictures},
        ngettext("一条 %(n)d 个网址", "一条 %(n)d 个网址", level.links) % {"n": level.links},
        ngettext("一条点 %(n)d 个名字", "一条点 %(n)d 个名字", level.mentions) % {"n": level.mentions},
    ]


def _needs(ahead: Level, conduct: dict[str, Any]) -> list[str]:
    days, posts = ahead.days - conduct["days"], ahead.posts - conduct["posts"]
    quiet = ahead.quiet - conduct["quiet"] if conduct["quiet"] is not None else 0
    found = []
    if days > 0:
        found.append(ngettext("再住 %(n)d 天", "再住 %(n)d 天", days) % {"n": days})
    if posts > 0:
        found.append(ngettext("再发 %(n)d 条", "再发 %(n)d 条", posts) % {"n": posts})
    if quiet > 0:
        found.append(ngettext("再过 %(n)d 天没有被处理", "再过 %(n)d 天没有被处理", quiet) % {"n": quiet})
    return found
