"""Pictures of posts. They are kept before the post is written, owned by its one-time key, so that a form that comes back
with an error has lost nothing; what is never used is swept after a day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.common import prepared
from linli.common.errors import UserError
from linli.common.text import clean
from linli.files.api import File, delete_file, store_upload
from linli.people.api import Actor

from .. import text_rules
from ..models import Draft, Post, PostPicture
from ..rules import ALT, MOST_PICTURES

OWNER = "post"


def kept_pictures(key: UUID, by: Actor | None) -> list[File]:
    """What was sent for the post of this key by this person (None: by whomever), in the order of sending."""
    rows = prepared.objects(_sent, values=(str(key),))
    return [file for file in rows if by is None or file.by == by.person_id]


def _sent(key: str) -> QuerySet[File]:
    return File.objects.filter(owner_kind=OWNER, owner_id=key).order_by("at", "pk")


def keep_pictures(
    *, by: Actor, key: UUID, uploads: Iterable[Any], now: datetime, alt: str = ""
) -> list[File]:
    """Keep uploaded pictures for the post of this key; `alt` is what they show, as far as is known. Raises UserError (pictures) for what is refused.

    Not inside the writer's transaction: making a picture anew takes long.
    """
    new = list(uploads)
    there = File.objects.filter(owner_kind=OWNER, owner_id=str(key)).count()
    if there + len(new) > MOST_PICTURES:
        raise UserError(_("一条最多放 %(n)d 张照片") % {"n": MOST_PICTURES}, field="pictures")
    words, found = " ".join(clean(alt).split())[:ALT], []
    for upload in new:
        try:
            found.append(store_upload(upload, owner=(OWNER, key), by=by, purpose="forum", now=now, alt=words))
        except UserError as error:
            name = " ".join(clean(str(getattr(upload, "name", "")))[-40:].split())
            raise UserError(
                _("%(name)s：%(why)s") % {"name": name, "why": error}, field="pictures"
            ) from error
    return found


def drop_pictures(*, by: Actor, key: UUID, files: Collection[UUID]) -> None:
    """Take sent pictures away again, before the post is written."""
    used = set(PostPicture.objects.filter(file__in=files).values_list("file_id", flat=True))
    for file in kept_pictures(key, by):
        if file.pk in files and file.pk not in used:
            delete_file(file=file)


def sweep_pictures(*, now: datetime) -> int:
    """Delete what was sent for a post that stands (an edit that came to nothing) and hangs nowhere; how many. What belongs
    to a draft, or came within a day, stays; what was sent for a post that never came the files app sweeps itself."""
    loose = File.objects.filter(owner_kind=OWNER, at__lt=now - timedelta(days=1)).exclude(pk__in=PostPicture.objects.values("file"))
    keys = {UUID(file.owner_id) for file in loose}
    drafts = set(Draft.objects.filter(key__in=keys).values_list("key", flat=True))
    written = set(Post.objects.filter(key__in=keys).values_list("key", flat=True)) - drafts
    gone = [file for file in loose if UUID(file.owner_id) in written]
    for file in gone:
        delete_file(file=file)
    return len(gone)


def set_pictures(post: Post, alts: Mapping[UUID, str]) -> None:
    """Hang the sent pictures that are named below the post, each with what it shows; those no longer named go.

    Raises UserError (alt_<key>) where nothing says what a picture shows.
    """
    there = {one.file_id: one for one in post.pictures.select_related("file")}
    for pk, one in there.items():
        if pk not in alts:
            delete_file(file=one.file)
    sent = (
        File.objects.filter(owner_kind=OWNER, owner_id=str(post.key), pk__in=list(alts)).order_by("at", "pk")
        if alts
        else []
    )
    for file in sent:
        words = text_rules.alt(alts[file.pk], f"alt_{file.pk.hex}")
        if file.pk not in there:
            PostPicture.objects.create(post=post, file=file, alt=words)
        elif there[file.pk].alt != words:
            PostPicture.objects.filter(pk=there[file.pk].pk).update(alt=words)
