"""Making and changing albums, taking pictures down, reports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.common.errors import NotAllowed, UserError
from linli.common.pagecache import bump
from linli.common.transitions import Step, transition
from linli.files.api import delete_file, delete_files, take
from linli.messaging.api import tell
from linli.people.api import Actor
from linli.search.api import drop_entry, put_entries
from linli.sites.api import Site, key_of, may_at, noun_tag, place_tag

from ..album_rules import ALBUM, ALT, LEAD, PICTURES, REASON, REPORT, TITLE, AlbumState, in_order
from ..blog_permissions import B, may_write
from ..blog_rules import one_line
from ..blog_search import ALBUM as KIND
from ..blog_search import describe_albums
from ..models import Album, AlbumEvent, AlbumPicture, PictureReport


def is_own(actor: Actor, album: Album) -> bool:
    """Whether it is the actor's: he made it, or it stands under the name of the office whose post acts."""
    if actor.person is None or actor.mandate is not None:
        return False
    return album.author_id == actor.person_id or bool(album.body_id and actor.acting and actor.acting.body_id == album.body_id)


def may_change(actor: Actor, album: Album) -> bool:
    return is_own(actor, album) and album.state == AlbumState.SHOWN and may_write(actor, B.ALBUM_WRITE, album.site)


def may_withdraw(actor: Actor, album: Album) -> bool:
    return album.state == AlbumState.SHOWN and (is_own(actor, album) or may_at(actor, B.BLOG_MODERATE, album.site))


@transaction.atomic
def make_album(
    *, by: Actor, site: Site, title: str, lead: str, uploads: Iterable[tuple[Any, str]], now: datetime, as_office: bool = False
) -> Album:
    """An album with its first pictures, in the order in which they came.

    Raises NotAllowed for a foreign place, UserError (title, lead, pictures).
    """
    if not may_write(by, B.ALBUM_WRITE, site):
        raise NotAllowed(_("没有找到"))
    album = Album.objects.create(
        site=site, author_id=key_of(by), body_id=by.acting.body_id if as_office and by.acting else None,
        title=one_line(title, TITLE, "title", _("写个标题")), lead=one_line(lead, LEAD, "lead", ""), created_at=now, changed_at=now,
    )  # fmt: skip
    _add(album, by, list(uploads), now, needed=True)
    _touch(album)
    return album


@transaction.atomic
def change_album(
    *, by: Actor, album: Album, title: str, lead: str, now: datetime, order: Mapping[UUID, int] | None = None,
    words: Mapping[UUID, tuple[str, str]] | None = None, removed: Collection[UUID] = (), cover: UUID | None = None,
    uploads: Iterable[tuple[Any, str]] = (),
) -> Album:  # fmt: skip
    """Change its words, the order, and each picture's alt and caption (`words`); take pictures away and add some.

    Raises NotAllowed, UserError (title, lead, pictures, alt_N, caption_N).
    """
    album = Album.objects.select_for_update(of=("self",)).whole().get(pk=album.pk)
    if not may_change(by, album):
        raise NotAllowed(_("没有找到"))
    facts = {"title": one_line(title, TITLE, "title", _("写个标题")), "lead": one_line(lead, LEAD, "lead", "")}
    _arrange(album, order or {}, words or {}, set(removed))
    _add(album, by, list(uploads), now, needed=False)
    if cover and album.pictures.filter(pk=cover).exists():
        facts["cover_id"] = str(cover)
    return _step(album, "edit", by, now, changes={**facts, "changed_at": now})


@transaction.atomic
def withdraw_album(*, by: Actor, album: Album, reason: str, now: datetime) -> Album:
    """Take an album down; its pictures are deleted. Raises NotAllowed, UserError (reason)."""
    if not may_withdraw(by, album):
        raise NotAllowed(_("没有找到"))
    own = is_own(by, album)
    reason = one_line(reason, REASON, "reason", "" if own else _("写明原因，作者会看到"))
    return _step(album, "withdraw", by, now, said={"reason": reason, "own": own})


@transaction.atomic
def report_picture(*, by: Actor, picture: AlbumPicture, reason: str, now: datetime) -> PictureReport:
    """Say that a picture should not be there. Raises UserError (reason), or where the person has said so already."""
    reason = one_line(reason, REASON, "reason", _("写一句这张图哪里不妥"))
    try:
        with transaction.atomic():
            return PictureReport.objects.create(
                album=picture.album, picture=picture, by_id=key_of(by), at=now, reason=reason
            )
    except IntegrityError as error:
        raise UserError(_("这张图您已经报过了，正在处理"), field="reason") from error


@transaction.atomic
def decide_report(*, by: Actor, report: PictureReport, remove: bool, answer: str, now: datetime) -> PictureReport:
    """Take the picture down or leave it; whoever reported is told, and where it goes the author too.

    Raises NotAllowed, UserError (answer), UnknownTransition where it is decided.
    """
    if not may_at(by, B.BLOG_MODERATE, report.album.site):
        raise NotAllowed(_("没有找到"))
    answer = one_line(answer, REASON, "answer", _("写明原因，双方会看到"))
    picture = report.picture
    changes = {"decided_at": now, "decided_by_id": by.person_id, "answer": answer}
    rows = PictureReport.objects.select_related("album__site__place", "album__site__body", "picture__file")
    done = transition(
        table=REPORT, rows=rows, pk=report.pk, event="remove" if remove else "keep", by=by, now=now, changes=changes,
        history=lambda step: None,
    )  # fmt: skip
    if remove and picture is not None:
        remove_picture(by=by, picture=picture, reason=answer, now=now)
    return done


def remove_picture(*, by: Actor, picture: AlbumPicture, reason: str, now: datetime) -> None:
    """Delete one picture; of another's album the author is told. The caller has asked for the right to do it."""
    album = picture.album
    PictureReport.objects.filter(picture=picture, state="open").update(
        state="removed", decided_at=now, decided_by_id=by.person_id, answer=reason
    )
    delete_file(file=picture.file)
    AlbumEvent.objects.create(
        album=album, at=now, event="picture_removed", state=album.state, by_id=key_of(by), acting=by.post_id, reason=reason
    )
    if not is_own(by, album):
        words = {"title": album.title, "site": album.site.name, "reason": reason}
        key = f"album.picture:{picture.pk.hex}"
        tell(template="album.picture", key=key, person=album.author_id, context=words, now=now)
    _touch(album)


def _arrange(
    album: Album, order: Mapping[UUID, int], words: Mapping[UUID, tuple[str, str]], removed: set[UUID]
) -> None:
    pictures = {picture.pk: picture for picture in album.pictures.select_related("file")}
    keys = [pk for pk in in_order(list(pictures), order) if pk not in removed]
    for pk in removed & pictures.keys():
        delete_file(file=pictures.pop(pk).file)
    for nth, pk in enumerate(keys, 1):
        picture = pictures[pk]
        alt, caption = words.get(pk, (picture.alt, picture.caption))
        picture.nth = nth
        picture.alt = one_line(alt, ALT, f"alt_{pk}", "")
        picture.caption = one_line(caption, LEAD, f"caption_{pk}", "")
    AlbumPicture.objects.bulk_update(pictures.values(), ["nth", "alt", "caption"])


def _add(album: Album, by: Actor, uploads: list[tuple[Any, str]], now: datetime, *, needed: bool) -> None:
    if needed and not uploads:
        raise UserError(_("先选几张图片"), field="pictures")
    there = album.pictures.count()
    if there + len(uploads) > PICTURES:
        raise UserError(_("一本相册最多放 %(n)d 张，现在有 %(m)d 张") % {"n": PICTURES, "m": there + len(uploads)}, field="pictures")
    last = max(album.pictures.values_list("nth", flat=True), default=0)
    for nth, (upload, alt) in enumerate(uploads, last + 1):
        name = one_line(str(getattr(upload, "name", ""))[-40:], 40, "pictures", "")
        try:
            file = take(upload, owner=(KIND, album.pk), by=by, purpose="album", now=now)
        except UserError as error:
            raise UserError(_("%(name)s：%(why)s") % {"name": name, "why": error}, field="pictures") from error
        AlbumPicture.objects.create(album=album, file=file, nth=nth, alt=one_line(alt, ALT, "new_alt", ""))


def _step(album: Album, event: str, by: Actor, now: datetime, **more: Any) -> Album:
    return transition(
        table=ALBUM, rows=Album.objects.whole(), pk=album.pk, event=event, by=by, now=now, history=_note, **more
    )


def _note(step: Step[Album]) -> None:
    AlbumEvent.objects.create(
        album=step.row, at=step.now, event=step.event, state=step.after, by_id=step.by.person_id, acting=step.by.post_id,
        reason=step.said.get("reason", ""),
    )  # fmt: skip


def _touch(album: Album) -> None:
    """What is found and kept of the album is as it stands now."""
    entries = list(describe_albums(Album.objects.filter(pk=album.pk)))
    put_entries(entries)
    if not entries:
        drop_entry(kind=KIND, subject=album.pk)
    bump(place_tag(album.site.place_id), noun_tag("albums", album.site.place_id), "news")


@ALBUM.effect("show_album")
def show_album(step: Step[Album]) -> None:
    _touch(step.row)


@ALBUM.effect("hide_album")
def hide_album(step: Step[Album]) -> None:
    PictureReport.objects.filter(album=step.row, state="open").update(
        state="removed", decided_at=step.now, decided_by_id=step.by.person_id, answer=step.said["reason"]
    )
    delete_files(owner=(KIND, step.row.pk))
    drop_entry(kind=KIND, subject=step.row.pk)
    place = step.row.site.place_id
    bump(place_tag(place), noun_tag("albums", place), "news")


@ALBUM.effect("tell_author")
def tell_author(step: Step[Album]) -> None:
    if step.said["own"]:
        return
    words = {"title": step.row.title, "site": step.row.site.name, "reason": step.said["reason"]}
    tell(template="album.withdrawn", key=f"album.withdrawn:{step.row.pk.hex}", person=step.row.author_id, context=words, now=step.now)


@REPORT.effect("tell_reporter")
def tell_reporter(step: Step[PictureReport]) -> None:
    words = {"title": step.row.album.title, "answer": step.row.answer}
    key = f"picture_report:{step.row.pk.hex}"
    tell(template=f"picture_report.{step.event}", key=key, person=step.row.by_id, context=words, now=step.now)
