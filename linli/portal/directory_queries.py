"""Reading the directory: whom one can call at a place and for what, nearest first; what its keepers have to look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.areas.api import Area, Level, ancestors
from linli.calendar.api import Days, Open, Status, days, shown_hours, spans_text, status_at, status_words
from linli.common import clock
from linli.common.pagecache import kept
from linli.people.api import Actor, Body
from linli.search.api import read_question, squash, synonym_groups, synonyms_for

from .directory_permissions import D
from .directory_rules import SHEET, STALE_AFTER, Group, near
from .models import DirectoryEntry, DirectoryReport, StreetPlan
from .queries import bodies_at, directory

TAG = "phones"  # moved by every change of any entry
TAGS = (TAG, "synonyms", "calendar")  # what a page with entries depends on, beside places and bodies
MOST_FOUND, MOST_CHIPS, MOST_BODIES = 60, 8, 40
TONES = {Open.ALWAYS: "good", Open.OPEN: "good", Open.SHUT: "", Open.UNKNOWN: ""}


@dataclass(frozen=True)
class Card:
    """An entry as it stands on a page at a moment."""

    entry: DirectoryEntry
    status: Status
    now: datetime
    stale: bool = False
    often: bool = False  # on the printed sheet
    words: str = ""  # what else it may be looked for by

    @property
    def phone(self) -> str:
        return next((phone.number for phone in self.entry.phones.all()), "")

    @property
    def more(self) -> int:
        return len(self.entry.phones.all()) - 1

    @property
    def wants(self) -> str:
        return _("、").join(self.entry.wants)

    @property
    def hours(self) -> str:
        return shown_hours(self.entry.opening)

    @property
    def state(self) -> str:
        return status_words(self.status, self.now)

    @property
    def tone(self) -> str:
        return TONES[self.status.kind]

    @property
    def verified(self) -> str:
        """Year and month: the day would say more than anybody knows."""
        day = self.entry.verified_on
        return _("%(year)s年%(month)s月") % {"year": day.year, "month": day.month} if day else ""


# One place's directory


@dataclass(frozen=True)
class Listing:
    """What a place's pages are made of; kept for everybody and not to be changed."""

    entries: tuple[DirectoryEntry, ...]
    often: frozenset[UUID]
    words: dict[UUID, str]
    bodies: tuple[Body, ...]


def listing(area: Area, day: date) -> Listing:
    """The entries of the place and of those around it, nearest first; and bodies that have no entry of their own."""
    return kept(
        ("directory", area.pk, day, get_language()), lambda: _listing(area, day), tags=(TAG, "synonyms", "areas", "bodies")
    )


def whole(area: Area, day: date) -> tuple[Listing, list[tuple[str, list[Body]]]]:
    """For the page that belongs to no site: the same, and the bodies below by kind instead of those around."""
    return kept(
        ("directory-whole", area.pk, day, get_language()),
        lambda: (found := _listing(area, day, around=False), _others(directory(area, day), found)),
        tags=(TAG, "synonyms", "areas", "bodies"),
    )


def _others(kinds: list[tuple[str, list[Body]]], found: Listing) -> list[tuple[str, list[Body]]]:
    known = {phone.number for row in found.entries for phone in row.phones.all()}
    left = [(kind, [body for body in bodies if _bare(body.phone) not in known]) for kind, bodies in kinds]
    return [pair for pair in left if pair[1]]


def _listing(area: Area, day: date, around: bool = True) -> Listing:
    rows = DirectoryEntry.objects.standing().serving(area).select_related("place").prefetch_related("phones")
    entries = sorted(rows, key=lambda row: (row.rank, -row.place.level, row.name))
    near_first = tuple(sorted(entries, key=lambda row: -row.place.level))
    groups = [words for _key, words in synonym_groups()]
    bodies = _bodies(area, day, {phone.number for row in entries for phone in row.phones.all()}) if around else []
    return Listing(
        near_first, frozenset(row.pk for row in entries[:SHEET]), {row.pk: _also(row, groups) for row in entries},
        tuple(bodies[:MOST_BODIES]),
    )  # fmt: skip


def _bodies(area: Area, day: date, known: set[str]) -> list[Body]:
    """Who acts here and has a number that no entry has."""
    above = [place for place in ancestors(area) if place.level >= Level.STREET]
    return [body for body in bodies_at(area, above, day) if body.phone and _bare(body.phone) not in known]


def _bare(phone: str) -> str:
    return "".join(mark for mark in phone if mark.isdigit() or mark == "+")


def _also(entry: DirectoryEntry, groups: Iterable[list[str]]) -> str:
    """Words that mean the same as one of the entry's own: the page finds by them without the server."""
    text = "".join((entry.name, entry.organisation, *entry.wants))
    extra = [word for words in groups if any(one in text for one in words) for word in words if word not in text]
    return " ".join(dict.fromkeys([*extra, entry.organisation]))


def cards(found: Listing, now: datetime, entries: Iterable[DirectoryEntry] | None = None) -> list[Card]:
    today, calendar = clock.local_date(now), days()
    return [
        Card(
            row, status_at(row.opening, now, calendar), now, row.stale_on(today), row.pk in found.often,
            found.words.get(row.pk, ""),
        )
        for row in (found.entries if entries is None else entries)
    ]  # fmt: skip


def card_of(entry: DirectoryEntry, now: datetime) -> Card:
    return Card(entry, status_at(entry.opening, now, days()), now, entry.stale_on(clock.local_date(now)))


def by_group(shown: list[Card]) -> list[list[tuple[str, str, list[Card]]]]:
    """The groups that have any, in two columns: key, label, entries. What is daily stands by itself."""
    found = [(group.value, str(group.label), [card for card in shown if card.entry.group == group]) for group in Group]
    return [found[:1] if found[0][2] else [], [group for group in found[1:] if group[2]]]


def next_change(shown: Iterable[Card]) -> datetime | None:
    """When the first of them opens or shuts."""
    return min((card.status.change for card in shown if card.status.change), default=None)


def chips(found: Listing) -> list[str]:
    """What is wanted most: the first want of the entries used most."""
    rows = sorted(found.entries, key=lambda row: row.rank)
    return list(dict.fromkeys(row.wants[0] for row in rows if row.wants))[:MOST_CHIPS]


@dataclass(frozen=True)
class Found:
    """`close`: nothing fits, but these come near."""

    entries: list[DirectoryEntry]
    close: bool = False


def look_for(typed: str, area: Area, day: date) -> Found | None:
    """What fits at the place, around it and below it, nearest first; None where nothing was typed.

    Raises UserError for what cannot be looked for.
    """
    question = read_question(typed, synonyms_for(typed))
    if question is None:
        return None
    reach = Q(place__in=[*area.ancestor_ids, area.pk]) | Q(place__path__under=area.path)
    rows = DirectoryEntry.objects.standing().filter(reach)
    fits = rows
    for part in question.parts:
        one = Q(pk__in=[])
        for variant in part:
            one |= Q(plain__contains=variant.text)
        fits = fits.filter(one)
    found = list(fits.select_related("place").prefetch_related("phones").order_by("rank", "name")[: MOST_FOUND * 2])
    if found:
        found.sort(key=lambda row: _far(row.place, area))
        return Found(found[:MOST_FOUND])
    texts = listing(area, day).entries
    best = near({n: row.plain for n, row in enumerate(texts)}, squash(question.typed))
    return Found([texts[n] for n in best], close=True)


def _far(place: Area, here: Area) -> int:
    """How many steps lie between: 0 for the place itself."""
    own, other = here.path.strip("/").split("/"), place.path.strip("/").split("/")
    shared = sum(1 for one, two in zip(own, other, strict=False) if one == two)
    return len(own) + len(other) - 2 * shared


def one(pk: UUID) -> DirectoryEntry | None:
    rows = DirectoryEntry.objects.standing().select_related("place", "verified_by").prefetch_related("phones")
    return rows.filter(pk=pk).first()


def week_rows(entry: DirectoryEntry, now: datetime, calendar: Days) -> list[dict[str, object]]:
    """The seven days from today on, by the real calendar."""
    today = clock.local_date(now)
    rows = []
    for n in range(7):
        day = today + timedelta(days=n)
        spans = entry.opening.on(day, calendar)
        rows.append({"day": day, "today": n == 0, "text": spans_text(spans, _("，")), "changed": spans != entry.opening.week[day.weekday()] and not entry.opening.always})
    return rows


def plan_of(area: Area) -> list[dict[str, object]]:
    """The lines of the nearest place that has a plan."""
    plan = StreetPlan.objects.filter(place__in=[*area.ancestor_ids, area.pk]).order_by("-place__level").first()
    return plan.lines if plan else []


# The keepers' desk


def kept_by(actor: Actor) -> QuerySet[DirectoryEntry]:
    """The entries that the actor keeps."""
    return DirectoryEntry.objects.standing().under_any(actor.paths_for(D.DIRECTORY_EDIT))


def desk_rows(actor: Actor) -> QuerySet[DirectoryEntry]:
    rows = kept_by(actor).select_related("place").prefetch_related("phones")
    return rows.annotate(wrong=Count("reports", filter=Q(reports__done_at=None)))


def overdue(today: date) -> Q:
    return Q(verified_on=None) | Q(verified_on__lt=today - STALE_AFTER)


def open_reports(actor: Actor) -> list[DirectoryReport]:
    """What readers say is wrong, the oldest first."""
    rows = DirectoryReport.objects.filter(done_at=None, entry__in=kept_by(actor))
    return list(rows.select_related("entry__place").order_by("at")[:100])


def keeper_places(actor: Actor, day: date) -> list[Area]:
    """The streets, communities and compounds for which the actor may keep entries."""
    rows = Area.objects.under_any(actor.paths_for(D.DIRECTORY_EDIT)).valid_on(day)
    return list(rows.filter(level__gte=Level.DISTRICT, level__lte=Level.COMPOUND).order_by("level", "sort", "pk")[:2000])


def below(area: Area) -> QuerySet[DirectoryEntry]:
    """All entries at or below a place, for exports."""
    rows = DirectoryEntry.objects.standing().filter(place__path__under=area.path)
    return rows.select_related("place").prefetch_related("phones").order_by("place__level", "place__sort", "place_id", "rank", "name", "pk")




