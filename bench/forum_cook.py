"""Lines into finished rows of Linli, by the forum's own cooking, articles and search entries; in processes of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from . import forum_data as data

OFFICE = "青砖里居委会"
Line = dict[str, Any]


class Made:
    """What a cook hands back: rows not yet written."""

    def __init__(self) -> None:
        self.topics: list[Any] = []
        self.posts: list[Any] = []
        self.reactions: list[Any] = []
        self.entries: list[Any] = []


class Cook:
    """Lines in, finished rows out; runs in processes of its own and asks the database nothing."""

    def __init__(self, persons: list[Any], boards: list[Any], now: datetime) -> None:
        self.persons, self.boards, self.now = persons, boards, now

    def __call__(self, package: tuple[int, list[Line]]) -> Made:
        from django.utils.translation import override

        first, lines = package
        made = Made()
        with override("zh-hans"):
            for line in lines:
                if line["kind"] == "topic":
                    made.topics.append(self._topic(line))
                else:
                    post = self._post(made.topics[-1], line, first + len(made.posts))
                    made.posts.append(post)
                    made.reactions += self._reactions(post, line)
                    made.entries += self._entries(post)
        for post in made.posts:
            del post._prefetched_objects_cache
        return made

    def _topic(self, line: Line) -> Any:
        from linli.forum.models import Topic

        at, last = (self.now - timedelta(seconds=line[name]) for name in ("ago", "last_ago"))
        return Topic(
            pk=line["n"] + 1, board=self.boards[line["board"]], title=line["title"], author=self.persons[line["author"]], at=at, last_at=last,
            last_number=line["posts"], replies=line["posts"] - 1,
        )  # fmt: skip

    def _post(self, topic: Any, line: Line, key: int) -> Any:
        from linli.common.ids import uuid7
        from linli.forum.actions.cooking import cook_post
        from linli.forum.models import Post
        from linli.forum.rules import Standing

        staff = data.class_of(line["author"]) == "handler"
        post = Post(
            pk=key, topic=topic, number=line["number"], author=self.persons[line["author"]], at=self.now - timedelta(seconds=line["ago"]),
            standing=Standing.STAFF if staff else Standing.OWNER, badge=f"{OFFICE} 干事" if staff else "3 幢", text=line["text"],
            agreed=len(line["agree"]), thanked=len(line["thank"]), key=uuid7(),
        )  # fmt: skip
        post._prefetched_objects_cache = {"pictures": [], "mentions": []}
        cook_post(post)
        if line["number"] == topic.last_number:
            topic.last_name = post.author.display_name
        return post

    def _reactions(self, post: Any, line: Line) -> Iterator[Any]:
        from linli.forum.models import Reaction

        for kind in ("agree", "thank"):
            for person in line[kind]:
                yield Reaction(post=post, person=self.persons[person], kind=kind)

    def _entries(self, post: Any) -> Iterable[Any]:
        from linli.forum.findable import _FINDS, _entry
        from linli.search.actions.entries import as_row

        return [as_row(_entry(post))] if post.topic.board.reads in _FINDS else []
