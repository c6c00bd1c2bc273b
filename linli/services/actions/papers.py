"""Give a paper, renew it, show it to an office, take that back, remove it. Each is the owner's, or his helper's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.common import audit
from linli.common.clock import local_date
from linli.common.errors import UserError
from linli.common.ids import uuid7
from linli.common.privacy_check import find_private
from linli.common.text import clean
from linli.files.api import delete_files
from linli.people.api import Actor, Body, Person

from ..models import Paper, PaperShare, PaperVersion
from ..paper_rules import MOST_PAPERS, MOST_SHARES, SHARE_DAYS, PaperKind, Validity, check_days, read_code
from ..queries.papers import OWNER


@dataclass(frozen=True)
class Facts:
    """What stands on a paper. `valid_until`: the last day on which it counts, None for good."""

    issuer: str = ""
    code: str = ""
    issued_on: date | None = None
    valid_until: date | None = None


@transaction.atomic
def give_paper(
    *, person: Person, kind: str, name: str, facts: Facts, key: UUID, by: Actor, now: datetime
) -> PaperVersion:
    """A paper with its first version. `key` is the form's: pressing twice gives one.

    Raises UserError (name, code, issued_on, valid_until) for what is wrong, and for more papers than one may have.
    """
    there = Paper.objects.filter(pk=key, person=person).first()
    if there is not None:
        return there.versions.latest("number")
    Person.objects.select_for_update().get(pk=person.pk)
    if Paper.objects.filter(person=person).count() >= MOST_PAPERS:
        raise UserError(format_lazy(_("资料库里最多放 {n} 样，先拿掉不用的"), n=MOST_PAPERS))
    name = " ".join(clean(name).split())
    if kind == PaperKind.OTHER and not name:
        raise UserError(_("写一下是什么证件或证明"), field="name")
    key = uuid7() if Paper.objects.filter(pk=key).exists() else key
    paper = Paper.objects.create(pk=key, person=person, kind=kind, name=name, made_at=now)
    return _version(paper, facts, by, now)


@transaction.atomic
def renew_paper(*, paper: Paper, facts: Facts, by: Actor, now: datetime) -> PaperVersion:
    """A new version takes the place of the former; what was shown of that stays shown as it was. Raises UserError."""
    locked = Paper.objects.select_for_update().get(pk=paper.pk)
    return _version(locked, facts, by, now)


def _version(paper: Paper, facts: Facts, by: Actor, now: datetime) -> PaperVersion:
    check_days(facts.issued_on, facts.valid_until, local_date(now))
    code = read_code(paper.kind, facts.code)
    assert by.person_id is not None
    version = PaperVersion.objects.create(
        paper=paper, number=paper.versions.count() + 1, issuer=" ".join(clean(facts.issuer).split()), code=code,
        issued_on=facts.issued_on, valid_until=facts.valid_until, at=now, by_id=by.person_id,
    )  # fmt: skip
    _note("paper.give", version, by, now)
    return version


@transaction.atomic
def share_paper(*, paper: Paper, body: Body, purpose: str, days: int, by: Actor, now: datetime) -> PaperShare:
    """Let an office look at the newest version, for a purpose and some days; the consent stands in the audit.

    Raises UserError (purpose, days, body) for what is wrong, and for a paper that has run out.
    """
    purpose = " ".join(clean(purpose).split())
    if not purpose:
        raise UserError(_("写一句拿去办什么，窗口只能为这件事看"), field="purpose")
    if find_private(purpose):
        raise UserError(_("只写办什么事，别写号码和住址：这句话会留在记录里"), field="purpose")
    if days not in SHARE_DAYS:
        raise UserError(_("请选给看几天"), field="days")
    Paper.objects.select_for_update().get(pk=paper.pk)
    version = paper.versions.latest("number")
    if version.stands_on(local_date(now)) == Validity.OVER:
        raise UserError(_("这一份过期了，先换上新的"))
    there = PaperShare.objects.in_force(now).filter(version__paper=paper)
    if there.filter(body=body, version=version).exists():
        raise UserError(_("这个单位现在就能看，不用再给一次"), field="body")
    if there.count() >= MOST_SHARES:
        raise UserError(format_lazy(_("同时最多给 {n} 个单位看，先收回几个"), n=MOST_SHARES))
    assert by.person_id is not None
    share = PaperShare.objects.create(
        version=version,
        body=body,
        purpose=purpose,
        by_id=by.person_id,
        given_at=now,
        until=now + timedelta(days=days),
    )
    _note("paper.share", version, by, now, purpose=purpose)
    return share


@transaction.atomic
def end_share(*, share: PaperShare, by: Actor, now: datetime) -> bool:
    """The office can look no longer; False where that was so already."""
    if not PaperShare.objects.in_force(now).filter(pk=share.pk).update(ended_at=now):
        return False
    _note("paper.unshare", share.version, by, now, purpose=share.purpose)
    return True


@transaction.atomic
def note_look(*, share: PaperShare, by: Actor, what: str, now: datetime) -> None:
    """Somebody of the office looked (`what`: number or file); its owner reads so."""
    PaperShare.objects.filter(pk=share.pk).update(looks=F("looks") + 1, looked_at=now)
    audit.record(
        actor=by, action="paper.look", subject=share, about=share.version.paper.person_id, purpose=share.purpose,
        detail={"what": what}, now=now,
    )  # fmt: skip


@transaction.atomic
def remove_paper(*, paper: Paper, by: Actor, now: datetime) -> None:
    """It goes with all its versions, pictures and what was shown; that it was there stands in the audit alone."""
    version = paper.versions.latest("number")
    _note("paper.remove", version, by, now)
    _delete(paper)


def _delete(paper: Paper) -> None:
    for key in paper.versions.values_list("pk", flat=True):
        delete_files(owner=(OWNER, key))
    paper.delete()


@transaction.atomic
def forget_owner(*, person: UUID) -> int:
    """The papers of a closed account."""
    rows = list(Paper.objects.filter(person=person))
    for paper in rows:
        _delete(paper)
    return len(rows)


@transaction.atomic
def merge_owners(*, keep: UUID, drop: UUID) -> int:
    """Two accounts became one: all papers are the kept one's."""
    return Paper.objects.filter(person=drop).update(person=keep)


def _note(action: str, version: PaperVersion, by: Actor, now: datetime, purpose: str = "") -> None:
    audit.record(
        actor=by,
        action=action,
        subject=version,
        about=version.paper.person_id,
        purpose=purpose,
        detail={"kind": version.paper.kind},
        now=now,
    )
