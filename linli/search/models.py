"""Entries and synonyms. The index over `words` is the database's own: FTS5 or a tsvector, see `index.py`."""

from __future__ import annotations

from django.db import models

from linli.areas.api import PathField

from .index import FTS, WordsField
from .rules import MOST_TITLE, Audience


class SearchEntry(models.Model):
    """One findable thing. Its key is its place in the order of results (`rules.sort_key`), so it changes with its time.

    `place` is where it belongs; with audience members or staff it is also where one has to belong or have `permission`.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=24)
    subject = models.CharField(max_length=64)
    audience = models.CharField(max_length=8, choices=Audience)
    place = PathField(blank=True)
    permission = models.CharField(max_length=40, blank=True)
    person = models.UUIDField(null=True)
    at = models.DateTimeField(null=True)
    url = models.CharField(max_length=200)
    title = models.CharField(max_length=MOST_TITLE)
    text = models.TextField(blank=True)
    plain = models.TextField()  # title and text squashed, for the last check
    words = WordsField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="search_entry_once"),
            models.CheckConstraint(
                condition=models.Q(audience=Audience.PUBLIC)
                | (models.Q(audience=Audience.MEMBERS) & ~models.Q(place=""))
                | (models.Q(audience=Audience.STAFF) & ~models.Q(place="") & ~models.Q(permission=""))
                | models.Q(audience=Audience.PERSON, person__isnull=False),
                name="search_entry_audience",
            ),
        ]
        indexes = [
            models.Index(fields=["person"], condition=models.Q(person__isnull=False), name="search_entry_person")
        ]


class Indexed(models.Model):
    """An entry's row in the index of SQLite, the one table there in which words can be looked for.

    Asked from this side, with the entry joined to it, the newest come first without the others being read.
    """

    entry = models.OneToOneField(SearchEntry, models.DO_NOTHING, primary_key=True, db_column="rowid", related_name="+")
    words = WordsField()

    class Meta:
        managed = False
        db_table = FTS


class Synonym(models.Model):
    """Words of one `group` mean the same. `folded` is how they are compared."""

    group = models.PositiveIntegerField()
    word = models.CharField(max_length=20)
    folded = models.CharField(max_length=40, unique=True)

    class Meta:
        indexes = [models.Index(fields=["group"], name="search_synonym_group")]
