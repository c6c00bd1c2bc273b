"""Writing, publishing, changing and withdrawing blog posts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common.errors import NotAllowed, UserError
from linli.common.pagecache import bump
from linli.common.privacy_check import find_private, say_findings
from linli.common.transitions import Step, transition
from linli.files.api import delete_file, delete_files, take
from linli.messaging.api import tell
from linli.people.api import Actor
from linli.search.api import drop_entry, put_entries
from linli.sites.api import Site, key_of, may_at, noun_tag, place_tag

from ..blog_permissions import B, may_write
from ..blog_rules import ALT, BLOG, PICTURES, REASON, TITLE, BlogState, long_text, one_line
from ..blog_search import POST, describe_posts
from ..models import BlogPicture, BlogPost, BlogVersion


class PrivateFound(UserError):
    """The text holds what looks like personal data, and nobody has said that it may stand there."""


def is_own(actor: Actor, post: BlogPost) -> bool:
    """Whether it is the actor's: he wrote it, or it stands under the name of the office whose post acts."""
    if actor.person is None or actor.mandate is not None:
        return False
    return post.author_id == actor.person_id or bool(post.body_id and actor.acting and actor.acting.body_id == post.body_id)


def may_change(actor: Actor, post: BlogPost) -> bool:
    """Whether the actor may change its words: his own, while he still writes there and it is not withdrawn."""
    return is_own(actor, post) and post.state != BlogState.WITHDRAWN and may_write(actor, B.BLOG_WRITE, post.site)


def may_withdraw(actor: Actor, post: BlogPost) -> bool:
    return post.state == BlogState.PUBLISHED and (is_own(actor, post) or may_at(actor, B.BLOG_MODERATE, post.site))


@transaction.atomic
def save_post(
    *, by: Actor, site: Site, title: str, text: str, now: datetime, as_office: bool = False, post: BlogPost | None = None,
    alts: Mapping[int, str] | None = None, removed: Collection[int] = (), uploads: Iterable[tuple[Any, str]] = (), publish: bool = False,
    private_ok: bool = False,
) -> BlogPost:  # fmt: skip
    """Write a post down, as a draft or (`publish`) for everybody; of one that is out, change it.

    `uploads`: new pictures, each with what it shows. Raises NotAllowed for another's or a foreign place, UserError (title,
    text, pictures, new_alt, alt_N, private_ok) for what is wrong; nothing is kept then.
    """
    if post is None:
        post = _new(by, site, now, as_office)
    else:
        post = BlogPost.objects.select_for_update(of=("self",)).whole().get(pk=post.pk)
        if not may_change(by, post):
            raise NotAllowed(_("没有找到"))
    out = publish or post.state == BlogState.PUBLISHED
    words = {
        "title": one_line(title, TITLE, "title", _("写个标题") if out else ""), "text": long_text(text), "changed_at": now,
    }  # fmt: skip
    _set_pictures(post, by, alts or {}, removed, uploads, now, out)
    if not out:
        for name, value in words.items():
            setattr(post, name, value)
        post.save(update_fields=list(words))
        return post
    _check_out(post, str(words["title"]), str(words["text"]), private_ok)
    event = "edit" if post.state == BlogState.PUBLISHED else "publish"
    if event == "edit" and (post.title, post.text) == (words["title"], words["text"]):
        _touch(post)
        return post
    changes = words | ({"published_at": now} if event == "publish" else {})
    return _step(post, event, by, now, changes=changes)


@transaction.atomic
def withdraw_post(*, by: Actor, post: BlogPost, reason: str, now: datetime) -> BlogPost:
    """Take a post off the site. Whoever does it to another says why, and the author is told.

    Raises NotAllowed, UserError (reason).
    """
    if not may_withdraw(by, post):
        raise NotAllowed(_("没有找到"))
    own = is_own(by, post)
    reason = one_line(reason, REASON, "reason", "" if own else _("写明原因，作者会看到"))
    return _step(post, "withdraw", by, now, said={"reason": reason, "own": own})


@transaction.atomic
def discard_draft(*, by: Actor, post: BlogPost) -> None:
    """Throw a draft away with its pictures. Raises NotAllowed for another's or what was published."""
    post = BlogPost.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if not is_own(by, post) or post.state != BlogState.DRAFT:
        raise NotAllowed(_("没有找到"))
    delete_files(owner=(POST, post.pk))
    post.delete()


def _new(by: Actor, site: Site, now: datetime, as_office: bool) -> BlogPost:
    if not may_write(by, B.BLOG_WRITE, site):
        raise NotAllowed(_("没有找到"))
    body = by.acting.body_id if as_office and by.acting else None
    post = BlogPost(site=site, author_id=key_of(by), body_id=body, created_at=now, changed_at=now)
    post.save(force_insert=True)
    return post


def _set_pictures(
    post: BlogPost, by: Actor, alts: Mapping[int, str], removed: Collection[int], uploads: Iterable[tuple[Any, str]], now: datetime, out: bool
) -> None:
    """Take away, describe and add pictures. What is out describes each of them."""
    for picture in post.pictures.select_related("file"):
        if picture.pk in removed:
            delete_file(file=picture.file)
            continue
        alt = one_line(alts.get(picture.pk, picture.alt), ALT, f"alt_{picture.pk}", "")
        if out and not alt:
            raise UserError(_("用一句话写这张图上是什么，给看不见的人听"), field=f"alt_{picture.pk}")
        if alt != picture.alt:
            picture.alt = alt
            picture.save(update_fields=["alt"])
    new = list(uploads)
    if post.pictures.count() + len(new) > PICTURES:
        raise UserError(_("一篇最多放 %(n)d 张图片") % {"n": PICTURES}, field="pictures")
    for upload, alt in new:
        words = one_line(alt, ALT, "new_alt", _("用一句话写图上是什么，给看不见的人听"))
        try:
            file = take(upload, owner=(POST, post.pk), by=by, purpose="blog", now=now)
        except UserError as error:
            raise UserError(_("%(name)s：%(why)s") % {"name": _named(upload), "why": error}, field="pictures") from error
        BlogPicture.objects.create(post=post, file=file, alt=words)


def _named(upload: Any) -> str:
    return one_line(str(getattr(upload, "name", ""))[-40:], 40, "pictures", "")


def _check_out(post: BlogPost, title: str, text: str, private_ok: bool) -> None:
    if not text:
        raise UserError(_("写几句再发"), field="text")
    found = find_private("\n".join([title, text, *post.pictures.values_list("alt", flat=True)]))
    if found and not private_ok:
        raise PrivateFound(
            _("文章里像是有%(what)s。公开以后谁都看得到：请去掉，或者勾选“可以公开”") % {"what": say_findings(found)}, field="private_ok"
        )


def _step(post: BlogPost, event: str, by: Actor, now: datetime, **more: Any) -> BlogPost:
    rows = BlogPost.objects.whole()
    return transition(table=BLOG, rows=rows, pk=post.pk, event=event, by=by, now=now, history=_note, **more)


def _note(step: Step[BlogPost]) -> None:
    post = step.row
    BlogVersion.objects.create(
        post=post, at=step.now, event=step.event, state=step.after, by_id=step.by.person_id, acting=step.by.post_id,
        reason=step.said.get("reason", ""), title=post.title, text=post.text,
    )  # fmt: skip


def _touch(post: BlogPost) -> None:
    bump(place_tag(post.site.place_id), noun_tag("blog", post.site.place_id), "news")


@BLOG.effect("show_post")
def show_post(step: Step[BlogPost]) -> None:
    put_entries(describe_posts(BlogPost.objects.filter(pk=step.row.pk)))
    _touch(step.row)


@BLOG.effect("hide_post")
def hide_post(step: Step[BlogPost]) -> None:
    drop_entry(kind=POST, subject=step.row.pk)
    _touch(step.row)


@BLOG.effect("tell_author")
def tell_author(step: Step[BlogPost]) -> None:
    """By somebody else: the author learns it, and why."""
    if step.said["own"]:
        return
    words = {"title": step.row.title, "site": step.row.site.name, "reason": step.said["reason"]}
    tell(template="blog.withdrawn", key=f"blog.withdrawn:{step.row.pk.hex}", person=step.row.author_id, context=words, now=step.now)
