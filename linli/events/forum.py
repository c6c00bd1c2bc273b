"""What was said in the forum. Ids only: whoever listens asks the forum what may be read by whom."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class TopicOpened:
    """Somebody opened a topic that readers of its board see."""

    topic_id: int
    post_id: int
    board_id: int
    place_id: int


@dataclass(frozen=True)
class PostWritten:
    """A post that readers see: a reply, or the first of a topic. Told once, also after it had waited for a moderator."""

    post_id: int
    topic_id: int
    board_id: int
    number: int


@dataclass(frozen=True)
class PostChanged:
    """Its words or its state are others now: `edited`, `shown`, `waiting`, `hidden` or `erased`."""

    post_id: int
    topic_id: int
    what: str


@dataclass(frozen=True)
class OfficeAnswered:
    """An office answered in somebody's topic, under its own name."""

    post_id: int
    topic_id: int
    body_id: UUID
