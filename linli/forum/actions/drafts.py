"""Drafts: what somebody is writing, kept on the server until it is sent or thrown away."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common.errors import NotAllowed
from linli.common.text import clean
from linli.people.api import Actor

from ..models import Draft
from ..rules import TEXT, TITLE
from .pictures import drop_pictures, kept_pictures

MOST = 50  # drafts of a person; the oldest make room


@transaction.atomic
def save_draft(
    *,
    by: Actor,
    at_what: str,
    text: str,
    now: datetime,
    key: UUID,
    title: str = "",
    reply_to: int | None = None,
) -> Draft | None:
    """Keep what is being written, as typed and cut to what a post may hold; an empty one is thrown away.

    Nothing is refused here: what is wrong with it is said when it is sent. Raises NotAllowed for nobody.
    """
    if by.person_id is None:
        raise NotAllowed(_("没有找到"))
    title, text = " ".join(clean(title).split())[:TITLE], clean(text.replace("\r\n", "\n"))[:TEXT]
    if not title and not text and not kept_pictures(key, by):
        Draft.objects.filter(person=by.person_id, at_what=at_what).delete()
        return None
    if Draft.objects.filter(key=key).exclude(person=by.person_id, at_what=at_what).exists():
        return None  # another form of one's own has it, or a stranger made the key up
    values = {"title": title, "text": text, "reply_to": reply_to, "key": key, "at": now}
    draft, _made = Draft.objects.update_or_create(person_id=by.person_id, at_what=at_what, defaults=values)
    old = Draft.objects.filter(person=by.person_id).order_by("-at").values_list("pk", flat=True)[MOST:]
    Draft.objects.filter(pk__in=list(old)).delete()
    return draft


@transaction.atomic
def discard_draft(*, by: Actor, draft: Draft) -> None:
    """Throw a draft away with the pictures sent for it. Raises NotAllowed for another's."""
    if by.person_id is None or draft.person_id != by.person_id:
        raise NotAllowed(_("没有找到"))
    drop_pictures(by=by, key=draft.key, files=[file.pk for file in kept_pictures(draft.key, by)])
    draft.delete()
