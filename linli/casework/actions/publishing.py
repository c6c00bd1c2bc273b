"""Make a case public: where the reporter agreed, and the desk wrote words in which nobody can be recognised."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common.errors import NotAllowed, UserError
from linli.common.text import clean
from linli.files.api import copy_files, delete_files
from linli.people.api import Actor

from .. import findable
from ..models import Case
from ..permissions import is_desk
from ..pictures import OWNER, PUBLIC
from ..rules.states import CaseState
from ..rules.words import Visibility
from . import steps


@transaction.atomic
def publish_case(
    *, case: UUID, title: str, text: str, pictures: Collection[UUID], by: Actor, now: datetime
) -> Case:
    """Show the redacted words and the chosen pictures to everybody; a second time: instead of the first.

    Raises NotAllowed for anybody but the desk, UserError where the reporter did not ask for it.
    """
    row = steps.lock(case)
    _desk(row, by)
    if row.visibility == Visibility.PRIVATE:
        raise UserError(_("反映人没有同意公开"))
    if row.state == CaseState.REFUSED or row.parent_id is not None:
        raise UserError(_("不予受理的、协办的不公开"))
    steps.renew(row, visibility=Visibility.PUBLIC, public_title=" ".join(clean(title).split()), public_text=clean(text))
    delete_files(owner=(PUBLIC, row.pk))
    if pictures:
        copy_files(source=(OWNER, row.pk), owner=(PUBLIC, row.pk), by=by, now=now, only=pictures)
    return _done(row, "publish", by, now)


@transaction.atomic
def unpublish_case(*, case: UUID, by: Actor, now: datetime) -> Case:
    """Take it out of public sight; it may be published again."""
    row = steps.lock(case)
    _desk(row, by)
    if row.visibility == Visibility.PUBLIC:
        steps.shown(row)  # while it is still public: the pages that show it follow
        steps.renew(row, visibility=Visibility.ASKED)
        delete_files(owner=(PUBLIC, row.pk))
    return _done(row, "unpublish", by, now)


def _desk(case: Case, by: Actor) -> None:
    if not is_desk(by, case):
        raise NotAllowed("desk")


def _done(case: Case, action: str, by: Actor, now: datetime) -> Case:
    steps.written(case, action, by, now)
    findable.renew(case)
    steps.shown(case)
    return case
