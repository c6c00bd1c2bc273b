"""Keeping the directory of phones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.calendar.api import as_json
from linli.common import audit, clock, findable
from linli.common.errors import UserError
from linli.common.pagecache import bump
from linli.common.text import clean
from linli.people.api import Actor
from linli.search.api import squash
from linli.sites.api import place_tag

from ..directory_rules import TEXT, Facts, Group, Number, Wrong, check
from ..models import DirectoryDraft, DirectoryEntry, DirectoryPhone, DirectoryReport, StreetPlan

KIND = "phone"
MOST_REPORTS = 20  # open ones of an entry: whoever reports after that is told that it is known


def facts_of(entry: DirectoryEntry) -> Facts:
    """An entry as it is; its phones and place should be loaded."""
    return Facts(
        id=entry.pk, name=entry.name, organisation=entry.organisation, group=Group(entry.group), wants=tuple(entry.wants),
        phones=tuple(Number(phone.number, phone.label) for phone in entry.phones.all()), place=entry.place_id,
        address=entry.address, lat=entry.lat, lon=entry.lon, hours=entry.opening, languages=tuple(entry.languages),
        note=entry.note, rank=entry.rank, verified_on=entry.verified_on,
    )  # fmt: skip


@transaction.atomic
def save_entry(*, facts: Facts, entry: DirectoryEntry | None, by: Actor | None, now: datetime) -> DirectoryEntry:
    """Add an entry, or correct one. What is typed by hand counts as verified today. Raises UserError at its field."""
    check(facts)
    entry = entry or DirectoryEntry(**({"pk": facts.id} if facts.id else {}))
    new, before = entry._state.adding, entry.place_id
    _fill(entry, facts, by, now)
    entry.save(force_insert=new)
    _set_phones([(entry, facts)])
    place = Area.objects.get(pk=facts.place)
    audit.record(actor=by, action="phone.add" if new else "phone.change", subject=entry, place=place, now=now)
    _changed([entry.pk], {before, entry.place_id})
    return entry


def _fill(entry: DirectoryEntry, facts: Facts, by: Actor | None, now: datetime) -> None:
    for name in ("name", "organisation", "address", "lat", "lon", "note", "rank"):
        setattr(entry, name, getattr(facts, name))
    entry.group, entry.place_id = facts.group, facts.place
    entry.wants, entry.languages = list(facts.wants), list(facts.languages)
    entry.hours = as_json(facts.hours)
    entry.__dict__.pop("opening", None)
    if facts.verified_on != entry.verified_on:
        entry.verified_on, entry.verified_by_id = facts.verified_on, by.person_id if by else None
    numbers = [phone.number for phone in facts.phones]
    texts = (facts.name, facts.organisation, *facts.wants, facts.address, facts.note, *numbers)
    entry.plain = "\n".join(squash(text) for text in texts if text)
    entry.changed_at = now


def _set_phones(pairs: list[tuple[DirectoryEntry, Facts]]) -> None:
    """Rows are written anew only where the numbers differ."""
    there: dict[UUID, list[tuple[str, str]]] = {}
    entries = [entry.pk for entry, _facts in pairs]
    for key, number, label in DirectoryPhone.objects.filter(entry__in=entries).values_list("entry_id", "number", "label"):
        there.setdefault(key, []).append((number, label))
    moved = [(e, f) for e, f in pairs if there.get(e.pk, []) != [(phone.number, phone.label) for phone in f.phones]]
    DirectoryPhone.objects.filter(entry__in=[entry.pk for entry, _facts in moved]).delete()
    DirectoryPhone.objects.bulk_create(
        DirectoryPhone(entry=entry, number=phone.number, label=phone.label, nth=n)
        for entry, facts in moved
        for n, phone in enumerate(facts.phones)
    )
    for entry, _facts in moved:
        getattr(entry, "_prefetched_objects_cache", {}).pop("phones", None)


def _changed(entries: Iterable[UUID], places: Iterable[int | None]) -> None:
    findable.changed(KIND, entries)
    bump(*(place_tag(place) for place in places if place is not None), "phones")


@transaction.atomic
def verify_entry(*, entry: DirectoryEntry, by: Actor, now: datetime) -> None:
    """The keeper has called it: it is right today."""
    entry.verified_on, entry.verified_by_id = clock.local_date(now), by.person_id
    entry.save(update_fields=["verified_on", "verified_by"])
    audit.record(actor=by, action="phone.verify", subject=entry, place=entry.place, now=now)
    _changed([], [entry.place_id])


@transaction.atomic
def end_entry(*, entry: DirectoryEntry, by: Actor, now: datetime) -> None:
    """Take an entry out; what was reported of it is settled by that."""
    entry.ended_at = now
    entry.save(update_fields=["ended_at"])
    entry.reports.filter(done_at=None).update(done_at=now)
    audit.record(actor=by, action="phone.end", subject=entry, place=entry.place, now=now)
    _changed([entry.pk], [entry.place_id])


@transaction.atomic
def report_wrong(*, entry: DirectoryEntry, kind: Wrong, text: str, once: UUID, now: datetime) -> bool:
    """Say that something is wrong; False where enough have said so already. The same form twice counts once."""
    if len(text) > TEXT:
        raise UserError(_("最多 %(n)d 个字") % {"n": TEXT}, field="text")
    if entry.reports.filter(done_at=None).count() >= MOST_REPORTS:
        return False
    DirectoryReport.objects.get_or_create(once=once, defaults={"entry": entry, "kind": kind, "text": clean(text), "at": now})
    return True


@transaction.atomic
def settle_report(*, report: DirectoryReport, by: Actor, now: datetime) -> None:
    """The keeper has seen to it."""
    if report.done_at is None:
        report.done_at = now
        report.save(update_fields=["done_at"])
        place = report.entry.place
        audit.record(actor=by, action="phone.settle", subject=report.entry, place=place, now=now)


@transaction.atomic
def import_entries(*, new: list[Facts], changed: list[tuple[DirectoryEntry, Facts]], by: Actor | None, now: datetime) -> int:
    """Write what a table or an HSDS file brings, checked before; all of it or nothing."""
    made = []
    for facts in [*new, *(facts for _entry, facts in changed)]:
        check(facts)
    for facts in new:
        entry = DirectoryEntry(**({"pk": facts.id} if facts.id else {}))
        _fill(entry, facts, by, now)
        made.append(entry)
    places = {entry.place_id for entry, _facts in changed}
    for entry, facts in changed:
        _fill(entry, facts, by, now)
        entry.ended_at = None  # one that was taken out and comes again
    old = [entry for entry, _facts in changed]
    DirectoryEntry.objects.bulk_create(made, batch_size=200)
    fields = [f.name for f in DirectoryEntry._meta.fields if f.name != "id"]
    DirectoryEntry.objects.bulk_update(old, fields, batch_size=100)
    _set_phones([*zip(made, new, strict=True), *changed])
    if made or old:
        audit.record(actor=by, action="phone.import", detail={"added": len(made), "changed": len(old)}, now=now)
        _changed([entry.pk for entry in (*made, *old)], places | {entry.place_id for entry in (*made, *old)})
    return len(made) + len(old)


@transaction.atomic
def keep_draft(*, content: str, name: str, by: UUID, now: datetime, oldest: datetime) -> DirectoryDraft:
    """Hold an uploaded file until it is confirmed; what is older than `oldest` is let go."""
    DirectoryDraft.objects.filter(at__lt=oldest).delete()
    return DirectoryDraft.objects.create(content=content, name=name[:120], by=by, at=now)


@transaction.atomic
def set_plan(*, place: Area, lines: list[dict[str, Any]]) -> StreetPlan:
    """The lines by which a place is drawn, instead of those it had."""
    plan, _new = StreetPlan.objects.update_or_create(place=place, defaults={"lines": lines})
    bump(place_tag(place.pk), "phones")
    return plan

