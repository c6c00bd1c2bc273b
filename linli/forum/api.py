"""The door of the forum."""

from .access import (
    may_moderate,
    may_read,
    may_read_post,
    may_read_topic,
    may_speak,
    may_write,
    moderates,
    readable,
    readable_topics,
)
from .actions.acts import hide_post, lift_act, pause_author, restore_post, warn_author
from .actions.appeals import climb_appeal, decide_appeal, lodge_appeal
from .actions.arranging import merge_topics, move_topic, split_topic
from .actions.boards import close_board, ensure_boards, open_board, shape_board
from .actions.erasure import erase_all_again, erase_post
from .actions.noting import Why
from .actions.order import (
    clarify_topic,
    close_topic,
    pin_topic,
    quicken_topic,
    reopen_topic,
    slow_topic,
    unpin_topic,
)
from .actions.pictures import keep_pictures
from .actions.posts import edit_post, set_state, write_post
from .actions.queue import approve_post, refuse_post
from .actions.repair import repair_counters
from .actions.reports import dismiss_reports, report_post
from .actions.speech import adopt_rules, set_words
from .actions.things import hide_thing, restore_thing
from .actions.topics import open_topic, open_topic_of
from .actions.touching import forum_tags
from .articles import PostAct, place_of
from .models import Act, Board, Post, Topic
from .permissions import F
from .queries.boards import boards_of, site_of_board
from .queries.posts import post_at
from .queries.topics import topic_at
from .rules import Approval, Audience, Pin, PostState
from .speech_rules import ActKind
from .things import Kind as ThingKind
from .things import Thing, ref_of, register_thing

__all__ = [
    "Act",
    "ActKind",
    "Approval",
    "Audience",
    "Board",
    "F",
    "Pin",
    "Post",
    "PostAct",
    "PostState",
    "Thing",
    "ThingKind",
    "Topic",
    "Why",
    "adopt_rules",
    "approve_post",
    "boards_of",
    "clarify_topic",
    "climb_appeal",
    "close_board",
    "close_topic",
    "decide_appeal",
    "dismiss_reports",
    "edit_post",
    "ensure_boards",
    "erase_all_again",
    "erase_post",
    "forum_tags",
    "hide_post",
    "hide_thing",
    "keep_pictures",
    "lift_act",
    "lodge_appeal",
    "may_moderate",
    "may_read",
    "may_read_post",
    "may_read_topic",
    "may_speak",
    "may_write",
    "merge_topics",
    "moderates",
    "move_topic",
    "open_board",
    "open_topic",
    "open_topic_of",
    "pause_author",
    "pin_topic",
    "place_of",
    "post_at",
    "quicken_topic",
    "readable",
    "readable_topics",
    "ref_of",
    "refuse_post",
    "register_thing",
    "reopen_topic",
    "repair_counters",
    "report_post",
    "restore_post",
    "restore_thing",
    "set_state",
    "set_words",
    "shape_board",
    "site_of_board",
    "slow_topic",
    "split_topic",
    "topic_at",
    "unpin_topic",
    "warn_author",
    "write_post",
]
