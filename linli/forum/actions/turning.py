"""A post comes before its readers, or is taken from them: one step of its table, and the act of whoever did it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.common.pagecache import bump
from linli.people.api import Actor

from ..models import Act, Post
from ..queries.speech import Rules
from ..rules import SAID, PostState
from ..speech_rules import ORDER, POST
from .noting import LOG, Why, note, whom
from .posts import set_state


def turn(
    post: Post, event: str, kind: str, *, by: Actor | None, now: datetime, why: Why | None = None, rules: Rules | None = None,
    cause: str = "", **more: Any,
) -> Act:  # fmt: skip
    """Carry out the step and write its act. `post` came from `lock_post`, so that of two at once the second is refused.

    Raises UnknownTransition where the state does not allow the event.
    """
    after = PostState(POST.step(post.state, event))
    act = note(
        kind,
        by=by,
        now=now,
        topic=post.topic,
        post=post,
        person=whom(post),
        why=why,
        rules=rules,
        cause=cause,
        **more,
    )
    set_state(post=post, state=after, now=now, said=said_of(act))
    post.state = after
    bump(LOG)
    return act


def said_of(act: Act) -> str:
    """What stands in place of a hidden text, in Chinese: the article, the reason, whose decision."""
    with override("zh-hans"):
        article = _("发言公约第 %(n)d 条") % {"n": act.article} if act.article != ORDER else ""
    parts = [part for part in (article, act.reason, act.body.name if act.body else "") if part]
    text = "·".join(parts)
    return text if len(text) <= SAID else text[: SAID - 1] + "…"
