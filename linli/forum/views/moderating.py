"""What the views of moderation share: the actor, the frame, errors at their fields, acts in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.common.errors import NotAllowed, UserError
from linli.common.states import UnknownTransition
from linli.people.api import Actor
from linli.sites.api import nearest_site, stand_in

from .. import packaged
from ..access import may_read
from ..articles import ours
from ..models import Act, Board
from ..rules import Audience, PostState
from ..speech_rules import ORDER, ActKind, AppealState
from ..things import find_thing, kind_of, url_of

K = ActKind


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def frame(request: HttpRequest, at: Board | Act) -> None:
    """Put the page into the frame of the site of the board, or of the act's place."""
    site = nearest_site(at.place)
    if site is None:
        raise Http404
    stand_in(request, site)


def tried(request: HttpRequest, form: forms.Form | None, verb: Callable[[], Any]) -> Any:
    """What the verb gives; None where it was refused: the error then stands in the form, or above the page.

    NotAllowed is answered as what does not exist.
    """
    try:
        return verb()
    except NotAllowed:
        raise Http404 from None
    except UnknownTransition:
        said, field = _("刚才有人先处理了，请看现在的情况"), None
    except UserError as error:
        said, field = str(error), error.field
    if form is None:
        messages.error(request, said)
    else:
        form.add_error(field if field in form.fields else None, said)
    return None


TONES: dict[str, tuple[str, str]] = {
    K.HIDE: ("bad", "lock"), K.REFUSE: ("bad", "close"), K.WARN: ("wait", "alert"), K.PAUSE: ("bad", "clock"), K.CLOSE: ("wait", "lock"),
    K.SLOW: ("wait", "clock"), K.HOLD: ("wait", "clock"), K.RESTORE: ("good", "done"), K.REOPEN: ("good", "done"),
    K.LIFT: ("good", "done"), K.CLARIFY: ("accent", "seal"), K.ERASE: ("bad", "close"),
}  # fmt: skip


def rule_text(act: Act) -> str:
    """`第 3 条 不公开…` in the reader's language where the rules are the packaged ones."""
    if act.article == ORDER:
        return ""
    text = act.rule
    if act.rules_id is None:
        articles = packaged.articles(get_language() or "zh-hans")
        text = articles[act.article - 1] if act.article <= len(articles) else text
    return _("第 %(n)d 条 %(text)s") % {"n": act.article, "text": text}


def line_of(act: Act, actor: Actor) -> dict[str, Any]:
    """An act as everybody may read it: what, which rule, why, whose; no text, no name, no title of what he cannot read."""
    kind, icon = TONES.get(act.kind, ("", ""))
    title, url = _thing_line(act) if act.topic is None else _topic_line(act, actor)
    reason = act.reason or (str(act.get_cause_display()) if act.automatic else "")
    appeal = getattr(act, "appeal", None)
    if not reason and act.undoes_id and not act.automatic:
        reason = _("申诉成立")
    return {
        "act": act, "what": what_of(act), "kind": kind, "icon": icon, "rule": rule_text(act), "reason": reason,
        "who": _("系统自动") if act.automatic else (act.body.name if act.body else ""), "board": act.where,
        "title": title, "url": url, "appeal": appeal_tag(appeal),
        "undone": getattr(act, "undone_by", None),
    }  # fmt: skip


def what_of(act: Act) -> Any:
    """`隐去了一条发言`; of a thing as its app calls it."""
    return kind_of(act.thing).words[act.kind] if act.thing else act.get_kind_display()


def _topic_line(act: Act, actor: Actor) -> tuple[str, str]:
    """The title, where the reader reads it, and where it leads."""
    board, topic = act.board, act.topic
    assert board is not None and topic is not None
    reads = board.reads == Audience.PUBLIC or (board.reads != Audience.OWN and may_read(actor, board))
    # a title that is hidden, or not out yet, is not told here
    return topic.title if topic.state == PostState.SHOWN and reads else "", f"/topics/{topic.pk}/"


def _thing_line(act: Act) -> tuple[Any, str]:
    """Its page says itself what may be read of it."""
    return kind_of(act.thing).label, url_of(act.thing)


def words_of(act: Act) -> Any:
    """What was written, for those who may read it: the post, or the thing, as it is shown."""
    if act.thing:
        thing = find_thing(act.thing)
        return thing.html if thing is not None else ""
    return ours(act.post.cooked) if act.post is not None and act.post.text else ""


def appeal_tag(appeal: Any) -> dict[str, str] | None:
    """The outcome of an appeal as a tag."""
    if appeal is None:
        return None
    tones = {
        AppealState.LODGED: ("wait", "clock"), AppealState.OVERTURNED: ("good", "done"), AppealState.UPHELD: ("", ""),
        AppealState.LAPSED: ("", ""),
    }  # fmt: skip
    kind, icon = tones[AppealState(appeal.state)]
    return {"text": _("申诉：%(state)s") % {"state": appeal.get_state_display()}, "kind": kind, "icon": icon}
