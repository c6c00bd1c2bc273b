"""The door of search: apps above it write entries; portal asks."""

from .actions.entries import (
    drop_entries,
    drop_entry,
    findings,
    forget_person,
    put_entries,
    put_entry,
    rebuild,
)
from .actions.synonyms import save_group
from .kinds import Entry, Kind, kind_named, kinds, register_kind
from .models import SearchEntry
from .queries import Filters, Found, Hit, beginnings, guesses, search, synonym_groups, synonyms_for
from .rules import MOST_TYPED, Audience, Question, excerpt, marked, read_question, squash

__all__ = [
    "MOST_TYPED", "Audience", "Entry", "Filters", "Found", "Hit", "Kind", "Question", "SearchEntry", "beginnings", "drop_entries",
    "drop_entry", "excerpt", "findings", "forget_person", "guesses", "kind_named", "kinds", "marked", "put_entries",
    "put_entry", "read_question", "rebuild", "register_kind", "save_group", "search", "squash", "synonym_groups",
    "synonyms_for",
]  # fmt: skip
