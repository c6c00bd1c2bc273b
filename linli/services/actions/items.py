"""Write, publish, verify and withdraw service items."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.common import audit
from linli.common.clock import local_date
from linli.common.errors import UserError
from linli.common.pagecache import bump
from linli.common.text import clean
from linli.common.transitions import Step, transition
from linli.people.api import Actor, Body
from linli.sites.api import place_tag

from .. import findable
from ..content import Content
from ..letters import first_letter
from ..missing import missing
from ..models import Item, ItemStep, ItemVersion
from ..rules import ITEM, ItemState, check_code


def create_item(
    *,
    place: Area,
    body: Body,
    scheme: str,
    code: str,
    name: str,
    by: Actor | None,
    now: datetime,
    example: bool = False,
) -> Item:
    """A draft with a name and a code. Raises UserError (code) for one that is wrong or taken at the place."""
    content = Content(name=" ".join(clean(name).split()))
    item = Item(
        place=place, body=body, code_scheme=scheme, code=check_code(scheme, code), example=example, draft=content.as_json(),
        made_at=now, changed_at=now, **_shown(content),
    )  # fmt: skip
    try:
        with transaction.atomic():
            item.save(force_insert=True)
            _note(item, "create", by, now)
    except IntegrityError:
        raise UserError(_("这里已经有一个事项用这个编码"), field="code") from None
    return item


@transaction.atomic
def save_draft(*, item: Item, content: Content, revision: int, by: Actor | None, now: datetime) -> Item:
    """Keep what comes next; nobody else sees it. Raises UserError where somebody saved after `revision` was read."""
    values: dict[str, Any] = {"draft": content.as_json(), "revision": revision + 1, "changed_at": now}
    if item.current_id is None:
        values |= _shown(content)
    rows = Item.objects.filter(pk=item.pk, revision=revision).exclude(state=ItemState.DISCARDED)
    if not rows.update(**values):
        raise UserError(_("刚才有同事改过这个事项。您填的还在下面，请先看看他改了什么，再存一次"))
    return _again(item)


@transaction.atomic
def drop_draft(*, item: Item, by: Actor | None, now: datetime) -> Item:
    """Give up what was not published. Raises UserError before the first publication: then the item is discarded."""
    rows = Item.objects.filter(pk=item.pk, current__isnull=False, draft__isnull=False)
    if not rows.update(draft=None, revision=item.revision + 1, changed_at=now):
        raise UserError(_("没有等着发布的修改"))
    item = _again(item)
    _note(item, "drop", by, now)
    return item


@transaction.atomic
def publish_item(*, item: Item, revision: int, why: str, by: Actor | None, now: datetime) -> Item:
    """The draft becomes a version that everybody reads, and counts as verified today.

    Raises UserError (why) without a reason for a further version, and for a draft that is not whole, or was changed
    after `revision` was read.
    """
    why = " ".join(clean(why).split())
    found = Item.objects.select_for_update(of=("self",)).select_related("current").get(pk=item.pk)
    content = found.drafted
    if content is None:
        raise UserError(_("没有等着发布的修改"))
    if found.revision != revision:
        raise UserError(_("您看过以后又有同事改了，请再看一遍"))
    if found.current_id is not None and not why:
        raise UserError(_("写一句这次改了什么，同事和以后的人要看"), field="why")
    number = (found.current.number if found.current else 0) + 1
    version = ItemVersion.objects.create(
        item=found, number=number, content=found.draft, at=now, by_id=by.person_id if by else None,
        post_id=by.post_id if by else None, why=why,
    )  # fmt: skip
    changes = _shown(content) | {
        "current": version, "draft": None, "revision": revision + 1, "changed_at": now,
        "verified_on": local_date(now), "verified_by_id": by.person_id if by else None,
    }  # fmt: skip
    return _step(found, "publish", by, now, why=why, changes=changes, version=number)


def withdraw_item(*, item: Item, why: str, by: Actor | None, now: datetime) -> Item:
    """It is no longer done; its address says why. Raises UserError (why) without a reason."""
    why = " ".join(clean(why).split())
    if not why:
        raise UserError(_("写一句为什么不办了、该去哪里办，来看的人要知道"), field="why")
    return _step(item, "withdraw", by, now, why=why, changes={"changed_at": now})


def discard_item(*, item: Item, by: Actor | None, now: datetime) -> Item:
    """A draft that was never published goes."""
    return _step(item, "discard", by, now, changes={"changed_at": now})


@transaction.atomic
def verify_item(*, item: Item, by: Actor, now: datetime) -> Item:
    """Somebody looked: it still is as it says. Raises UserError for what is not published."""
    rows = Item.objects.filter(pk=item.pk, state=ItemState.PUBLISHED)
    if not rows.update(verified_on=local_date(now), verified_by=by.person_id):
        raise UserError(_("还没发布，先发布"))
    item = _again(item)
    _note(item, "verify", by, now)
    touch(item)
    return item


@transaction.atomic
def _step(
    item: Item,
    name: str,
    by: Actor | None,
    now: datetime,
    *,
    changes: dict[str, Any],
    why: str = "",
    version: int | None = None,
) -> Item:
    done = transition(
        table=ITEM, rows=Item.objects.select_related("place", "body"), pk=item.pk, event=name, by=by, now=now,
        changes=changes, history=lambda step: _note(step.row, step.event, step.by, step.now, why, version),
    )  # fmt: skip
    if by is not None:
        audit.record(actor=by, action=f"service.{name}", subject=done, place=done.place, now=now)
    findable.renew(done)
    touch(done, "news")
    return done


def _shown(content: Content) -> dict[str, Any]:
    """What lists know of a version."""
    return {
        "name": content.name, "lead": content.lead, "also": list(content.also), "letter": first_letter(content.name),
        "events": list(content.events), "audiences": list(content.audiences),
    }  # fmt: skip


def _again(item: Item) -> Item:
    return Item.objects.select_related("place", "body", "current").get(pk=item.pk)


def _note(
    item: Item, name: str, by: Actor | None, now: datetime, why: str = "", version: int | None = None
) -> None:
    ItemStep.objects.create(
        item=item, at=now, done=name, state=item.state, version=version, by_id=by.person_id if by else None,
        post_id=by.post_id if by else None, why=why,
    )  # fmt: skip


def touch(item: Item, *more: str) -> None:
    """The pages that show the item are written anew. The last line of a verb."""
    bump(place_tag(item.place_id), f"service:{item.pk}", *more)


@ITEM.guard("is_whole")
def is_whole(step: Step[Item]) -> None:
    content = step.row.drafted
    gaps = missing(content) if content else []
    if gaps:
        raise UserError(gaps[0].text)
