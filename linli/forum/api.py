"""The door of the forum."""

from .access import may_moderate, may_read, may_read_post, may_read_topic, may_speak, may_write, readable, readable_topics
from .actions.boards import close_board, ensure_boards, open_board, shape_board
from .actions.pictures import keep_pictures
from .actions.posts import edit_post, set_state, write_post
from .actions.topics import open_topic, open_topic_of
from .articles import PostAct, place_of
from .models import Board, Post, Topic
from .permissions import F
from .queries.boards import boards_of, site_of_board
from .queries.posts import post_at
from .queries.topics import topic_at
from .rules import Approval, Audience, Pin, PostState

__all__ = [
    "Approval",
    "Audience",
    "Board",
    "F",
    "Pin",
    "Post",
    "PostAct",
    "PostState",
    "Topic",
    "boards_of",
    "close_board",
    "edit_post",
    "ensure_boards",
    "keep_pictures",
    "may_moderate",
    "may_read",
    "may_read_post",
    "may_read_topic",
    "may_speak",
    "may_write",
    "open_board",
    "open_topic",
    "open_topic_of",
    "place_of",
    "post_at",
    "readable",
    "readable_topics",
    "set_state",
    "shape_board",
    "site_of_board",
    "topic_at",
    "write_post",
]
