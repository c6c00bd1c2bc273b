"""The order in which the demo world is made. Each app adds one file with `build(world)`."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from linli.areas.api import Area, cell
from linli.common import clock
from linli.search import api as search

from . import (
    albums,
    areas,
    blog,
    bodies,
    case_many,
    cases,
    directory,
    duty,
    events,
    forum_world,
    groups,
    life,
    messages,
    moderation,
    notices,
    pages,
    papers,
    personas,
    posts,
    questions,
    residents,
    sent_forms,
    services,
)

SEED = 20260519
Progress = Callable[[str, int, int], None]


@dataclass
class World:
    """What the files hand on to each other. `places` by name, `bodies` by name, `people` by persona key."""

    now: datetime
    rng: random.Random
    places: dict[str, Area] = field(default_factory=dict)
    homes: list[Any] = field(default_factory=list)
    bodies: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return clock.local_date(self.now)


BUILDERS: list[tuple[str, Callable[[World], None]]] = [
    ("地方 places", areas.build),
    ("机构 bodies", bodies.build),
    ("人物 personas", personas.build),
    ("居民 residents", residents.build),
    ("任职 posts", posts.build),
    ("日常 daily life", life.build),
    ("消息 messages", messages.build),
    ("公告 notices", notices.build),
    ("活动 events", events.build),
    ("提问 questions", questions.build),
    ("小组 groups", groups.build),
    ("诉求 cases", case_many.build),
    ("博客 blog", blog.build),
    ("相册 albums", albums.build),
    ("论坛 forum", forum_world.build),
    ("表单 forms", sent_forms.build),
    ("反映 cases", cases.build),
    ("页面 pages", pages.build),
    ("电话簿 phones", directory.build),
    ("值班 duty", duty.build),
    ("办事 services", services.build),
    ("证件 papers", papers.build),
    ("论坛管理 moderation", moderation.build),
    ("搜索 search", lambda world: search.rebuild()),
]


@transaction.atomic
def build_world(*, now: datetime, progress: Progress = lambda label, done, total: None) -> bool:
    """Make the whole world in one transaction; False where it already stands. Same seed, same world."""
    if cell() is not None:
        return False
    world = World(now=now, rng=random.Random(SEED))
    for done, (label, build) in enumerate(BUILDERS):
        progress(label, done, len(BUILDERS))
        build(world)
    progress("", len(BUILDERS), len(BUILDERS))
    return True
