"""Who reads, writes and keeps order on a board. Residents write where their home lies, offices inside their places."""

from __future__ import annotations

from enum import StrEnum

from linli.people import api as people
from linli.people.api import Role


class F(StrEnum):
    FORUM_READ = "forum.read"  # what the members of a place may read
    FORUM_WRITE = "forum.write"
    FORUM_SPEAK = "forum.speak"  # under the name of one's office
    FORUM_HANDLE = "forum.handle"  # a complaint box's topics
    FORUM_MODERATE = "forum.moderate"
    FORUM_APPEAL = "forum.appeal"  # decide an appeal against others' decisions
    FORUM_ERASE = "forum.erase"  # erase by law, leaving a tombstone
    FORUM_BOARDS = "forum.boards"  # open, shape and close boards, rules, words and limits
    FORUM_FOR_OTHERS = "forum.for_others"  # write down what somebody asks for by phone or at a counter


_OFFICE = {F.FORUM_READ, F.FORUM_WRITE, F.FORUM_SPEAK}
_ORDER = {*_OFFICE, F.FORUM_HANDLE, F.FORUM_MODERATE}
people.register(
    F,
    {
        Role.MEMBER: {F.FORUM_READ, F.FORUM_WRITE},
        Role.RESIDENT: {F.FORUM_READ, F.FORUM_WRITE},
        Role.PROPERTY_COMPANY: {*_OFFICE, F.FORUM_HANDLE},
        Role.SERVICE_STATION: {*_OFFICE, F.FORUM_HANDLE, F.FORUM_FOR_OTHERS},
        Role.MEDIATOR: {F.FORUM_READ},
        Role.AUDITOR: {F.FORUM_READ},
        Role.CALL_AGENT: {F.FORUM_READ, F.FORUM_FOR_OTHERS},
        Role.SITE_EDITOR: {*_OFFICE, F.FORUM_BOARDS},
        Role.OWNERS_COMMITTEE: {*_ORDER, F.FORUM_BOARDS},
        Role.RESIDENTS_COMMITTEE: {*_ORDER, F.FORUM_APPEAL, F.FORUM_BOARDS, F.FORUM_FOR_OTHERS},
        Role.STREET_OFFICE: {*_ORDER, F.FORUM_APPEAL, F.FORUM_ERASE, F.FORUM_BOARDS, F.FORUM_FOR_OTHERS},
        Role.DISTRICT: {F.FORUM_APPEAL},  # what the street office has left unanswered
    },
)
