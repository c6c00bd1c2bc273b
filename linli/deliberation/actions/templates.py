"""An office's own texts to begin an answer with."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.common import audit
from linli.common.errors import NotAllowed, UserError
from linli.common.text import clean
from linli.people.api import Actor, Body

from ..models import AnswerTemplate
from ..permissions import answers_for
from ..rules import MOST_TEMPLATES


@transaction.atomic
def save_template(
    *, key: UUID, title: str, text: str, theme: str, by: Actor, now: datetime
) -> AnswerTemplate:
    """Write or change one of the own office's; `key` is its own, so that a form sent twice makes one.

    Raises UserError (title) where the office has one of that name, NotAllowed for another office's.
    """
    if not answers_for(by):
        raise NotAllowed("office")
    assert by.acting is not None
    body = Body.objects.select_for_update().get(pk=by.acting.body_id)
    row = AnswerTemplate.objects.filter(pk=key).first()
    if row is not None and row.body_id != body.pk:
        raise NotAllowed("office")
    title = " ".join(clean(title).split())
    own = AnswerTemplate.objects.filter(body=body).exclude(pk=key)
    if own.filter(title=title).exists():
        raise UserError(format_lazy(_("已经有一个叫“{title}”"), title=title), field="title")
    if row is None and own.count() >= MOST_TEMPLATES:
        raise UserError(format_lazy(_("最多 {n} 个模板，先删掉不用的"), n=MOST_TEMPLATES), field="title")
    row = row or AnswerTemplate(pk=key, body=body)
    row.title, row.text, row.theme = title, clean(text).replace("\r\n", "\n"), theme
    row.changed_at, row.changed_by_id = now, by.person_id
    row.save()
    audit.record(actor=by, action="answer_template.save", subject=row, now=now)
    return row


@transaction.atomic
def drop_template(*, key: UUID, by: Actor, now: datetime) -> None:
    """Answers written from it stay. Raises NotAllowed for another office's; gone already is gone."""
    row = AnswerTemplate.objects.select_for_update().filter(pk=key).first()
    if row is None:
        return
    if not answers_for(by) or row.body_id != by.acting.body_id:  # type: ignore[union-attr]
        raise NotAllowed("office")
    audit.record(actor=by, action="answer_template.drop", subject=row, now=now)
    row.delete()
