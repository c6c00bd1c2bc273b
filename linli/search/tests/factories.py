"""A kind of things of our own, and texts. Not collected by pytest."""

import random
from datetime import UTC, datetime, timedelta

from linli.search import api

NOW = datetime(2026, 5, 19, 8, 0, tzinfo=UTC)
LETTERS = "停水电梯公告业主委员会居民社区物业维修资金账目河道护栏修补柳渡路纺机新村银杏苑垃圾分类老年活动讲座报名"


def register() -> None:
    api.register_kind("note", "便条", lambda: iter(()), order=90)


def put(subject, title, text="", **facts):
    facts.setdefault("at", NOW)
    api.put_entry(kind="note", subject=subject, title=title, url=f"/n/{subject}/", text=text, **facts)


def entries(count, seed=1, size=60):
    """Generated notes: skewed like language, some of the letters common and most rare."""
    rng = random.Random(seed)
    rare = "".join(chr(0x4E00 + n * 7) for n in range(2500))
    weights = [1 / (n + 3) for n in range(len(LETTERS) + len(rare))]
    letters = LETTERS + rare
    for n in range(count):
        body = "".join(rng.choices(letters, weights, k=size)) + rng.choice(["", "2026", " 3 幢", "linli", "，停水"])
        yield api.Entry(
            kind="note", subject=str(n), title=body[:12], text=body[12:], url=f"/n/{n}/",
            at=NOW - timedelta(minutes=n), place="/1/2/",
        )  # fmt: skip


def ask(typed, actor=None, **facts):
    from linli.people.api import Actor

    question = api.read_question(typed, api.synonyms_for(typed))
    return api.search(question, actor=actor or Actor(), **facts)


def subjects(found):
    return [entry.subject for entry in found.entries]
