"""What a post looks like. Its article is written once, in Chinese, up to three marks; a page joins articles and fills them.

Two pure functions: `article(facts)` in the language that is active, `join(rows, viewer, now)` for a page. Nothing
stored in an article changes with the day, the reader or a release: times, buttons and icons are filled at the join.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.common.text import clean
from linli.design.dates import Moments, span_text
from linli.design.templatetags.design import icon
from linli.design.text import bind

from .rules import PostState, Standing, page_of

if TYPE_CHECKING:
    from .models import Post

TIME, SEAL, ACTS = (
    "<!--time-->",
    "<!--seal-->",
    "<!--acts-->",
)  # nothing typed can hold one: typed text is escaped


@dataclass(frozen=True)
class Shot:
    """A picture below a text."""

    key: UUID
    alt: str
    width: int
    height: int


@dataclass(frozen=True)
class Facts:
    """What an article says of a post."""

    pk: int
    topic: int
    number: int
    state: str
    name: str
    cooked: str
    office: str = ""
    signed: str = ""  # who signed for the office
    tag: str = ""
    after: timedelta | None = None  # from the opening of the topic to an office's answer
    opener: bool = False
    edited: bool = False
    reply_to: int | None = None
    asked_by: str = ""  # for whom it was written down
    consent: str = ""
    said: str = ""
    shots: tuple[Shot, ...] = ()


def ours(html: str) -> SafeString:
    """HTML that this app has written and stored itself."""
    return SafeString(html)


def facts_of(post: Post) -> Facts:
    """The facts of a whole post (`cooking.whole_posts`), in the active language."""
    office = post.body.name if post.body else ""
    author = post.author.display_name if post.author else _("系统")
    name = _("匿名邻居") if post.unnamed else office or author
    if post.for_person and not post.unnamed:
        name = post.for_person.display_name
    shown = (
        {}
        if post.unnamed
        else {"tag": "" if office else tag_of(post), "signed": _signed(post, author) if office else ""}
    )
    shots = tuple(_shot(one) for one in post.pictures.all())
    return Facts(
        pk=post.pk, topic=post.topic_id, number=post.number, state=post.state, name=name, cooked=post.cooked,
        office="" if post.unnamed else office, after=_after(post), opener=_is_opener(post), edited=post.edited_at is not None, reply_to=post.reply_to,
        asked_by=author if post.for_person else "", consent=post.consent, said=post.said, shots=shots, **shown,
    )  # fmt: skip


def tag_of(post: Post) -> str:
    """`5 幢业主·已核实`, `居委会 干事`."""
    if not post.standing or post.for_person_id:
        return ""
    if post.standing == Standing.STAFF:
        return post.badge
    words = {
        Standing.OWNER: _("%(place)s业主·已核实"),
        Standing.LIVES: _("%(place)s住户·已核实"),
        Standing.MEMBER: _("%(place)s成员·已核实"),
    }
    return words[Standing(post.standing)] % {"place": post.badge}


def _signed(post: Post, author: str) -> str:
    if post.author is None:
        return ""
    who = f"{author}·{post.badge}" if post.badge else author
    return _("%(who)s 经手") % {"who": who}


def _after(post: Post) -> timedelta | None:
    """How long an office's answer took; None for what answers nobody, or came before (out of another topic)."""
    answers = post.body_id is not None and post.number > 1 and post.body_id != post.topic.body_id
    return post.at - post.topic.at if answers and post.at >= post.topic.at else None


def _is_opener(post: Post) -> bool:
    """Whether to say that he opened the topic; never where that would join a name to an unnamed post."""
    same = (
        post.author_id is not None
        and post.author_id == post.topic.author_id
        and post.body_id == post.topic.body_id
    )
    return same and post.number > 1 and post.unnamed == post.topic.unnamed and post.for_person_id is None


def _shot(picture: Any) -> Shot:
    _bytes, width, height = picture.file.sizes.get("medium", [0, 0, 0])
    return Shot(picture.file_id, picture.alt, width, height)


def article(facts: Facts) -> str:
    """The finished `<article>` with its marks."""
    if facts.state in (PostState.HIDDEN, PostState.ERASED):
        return _gone(facts)
    kind = " is-office" if facts.office else ""
    return format_html(
        '<article class="post{}" id="f{}">{}<div class="post-h"><span class="face{}" aria-hidden="true">{}</span>'
        '<div class="who"><b>{}</b>{}<p class="meta">{}{}</p></div><a class="floor" href="/posts/{}/">{}</a></div>'
        '{}<div class="prose">{}</div>{}{}{}</article>',
        kind, facts.number, _office_bar(facts), " office" if facts.office else "", clean(facts.name)[:1], facts.name, _tags(facts),
        ours(TIME), _edited(facts), facts.pk, _("%(n)d 楼") % {"n": facts.number}, _above(facts), ours(facts.cooked), _shots(facts.shots),
        _written_down(facts), ours(ACTS),
    )  # fmt: skip


def _gone(facts: Facts) -> str:
    what = _("这一楼被隐去了。") if facts.state == PostState.HIDDEN else _("这一楼依法删除了。")
    said = format_html(' <span class="sm">{}</span>', bind(facts.said)) if facts.said else ""
    return format_html(
        '<article class="post is-gone" id="f{}"><div class="post-h"><p class="who dim">{}{}</p>'
        '<a class="floor" href="/posts/{}/">{}</a></div>{}</article>',
        facts.number, what, said, facts.pk, _("%(n)d 楼") % {"n": facts.number}, ours(ACTS),
    )  # fmt: skip


def _office_bar(facts: Facts) -> str:
    if not facts.office:
        return ""
    words = _("%(office)s 正式答复") if facts.number > 1 else _("%(office)s 发布")
    after = ""
    if facts.after is not None:
        after = format_html('<span class="sm">{}</span>', bind(_("发帖后 %(span)s答复") % {"span": span_text(facts.after)}))
    return format_html(
        '<div class="office-bar"><span>{} {}</span>{}</div>', ours(SEAL), words % {"office": facts.office}, after
    )


def _tags(facts: Facts) -> str:
    tags = [(" is-accent", facts.signed)] if facts.signed else [("", facts.tag)] if facts.tag else []
    if facts.opener:
        tags.append(("", _("楼主")))
    return format_html_join(
        "", ' <span class="tag{}">{}</span>', ((kind, bind(words)) for kind, words in tags)
    )


def _edited(facts: Facts) -> str:
    return format_html(' <a href="/posts/{}/history/">{}</a>', facts.pk, _("改过")) if facts.edited else ""


def _above(facts: Facts) -> str:
    """The note of a waiting post, and what it answers."""
    waits = (
        format_html('<p class="note is-wait sm">{}</p>', _("等版主看过再发出，现在只有您和版主看得到。"))
        if facts.state == PostState.WAITING
        else ""
    )
    if facts.reply_to is None:
        return waits
    to = _("回复 %(n)d 楼") % {"n": facts.reply_to}
    return format_html(
        '{}<p class="sm dim to"><a href="{}">{}</a></p>', waits, place_of(facts.topic, facts.reply_to), to
    )


def _shots(shots: Sequence[Shot]) -> str:
    if not shots:
        return ""
    one = (
        '<figure><a href="/files/{}/large"><img src="/files/{}/medium" alt="{}" loading="lazy" width="{}" height="{}"></a>'
        '<figcaption class="sm dim">{}</figcaption></figure>'
    )
    return format_html('<div class="shots">{}</div>', format_html_join(
        "", one, ((shot.key, shot.key, shot.alt, shot.width, shot.height, bind(shot.alt)) for shot in shots)
    ))  # fmt: skip


def _written_down(facts: Facts) -> str:
    if not facts.asked_by:
        return ""
    words = _("%(who)s 按本人要求代写：%(how)s") % {"who": facts.asked_by, "how": facts.consent}
    return format_html('<p class="sm dim">{}</p>', words)


def place_of(topic: int, number: int) -> str:
    """Where a post stands in its topic."""
    page = page_of(number)
    query = f"?page={page}" if page > 1 else ""
    return f"/topics/{topic}/{query}#f{number}"


class Row(NamedTuple):
    """A post as a page reads it."""

    pk: int
    number: int
    state: str
    article: str
    at: datetime
    agreed: int
    thanked: int
    author: UUID | None
    body: UUID | None


@dataclass(frozen=True)
class PostAct:
    """What one may do with a post, from the slot `post.acts`: `{post}` in the address is its key.

    `own`: True only with one's own posts, False only with others', None with all. `states`: with which posts at all.
    """

    label: Any
    url: str
    icon: str = ""
    order: int = 50
    own: bool | None = None
    states: tuple[str, ...] = (PostState.SHOWN,)


NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Viewer:
    """Who looks at a page, as far as its posts differ for him."""

    person: UUID | None = None
    body: UUID | None = None
    moderates: bool = False
    replies: bool = True  # whether the topic is open
    reacted: frozenset[tuple[int, str]] = frozenset()
    acts: tuple[PostAct, ...] = field(default_factory=tuple)

    @property
    def kind(self) -> tuple[Hashable, ...]:
        """What he has in common with others: whoever looks alike sees the same posts, but for his own."""
        return self.person is not None, self.moderates, self.replies, tuple((act.url, act.order) for act in self.acts)

    def anybody(self) -> Viewer:
        """Somebody who looks like him, has written nothing here and pressed nothing."""
        return replace(self, person=self.person and NOBODY, body=None, reacted=frozenset())

    def owns(self, row: Row) -> bool:
        if row.body is not None:
            return row.body == self.body
        return self.person is not None and row.author == self.person


REACTS = (("agree", "users"), ("thank", "heart"))


def join(
    rows: Iterable[Row], topic: int, viewer: Viewer, now: datetime, below: Mapping[int, str] | None = None
) -> list[tuple[int, SafeString]]:
    """The articles of a page with their times and buttons, by number. What waits is left out for whom it is not.

    `below`: what stands between a post's text and its buttons, by number: a poll.
    """
    more = below or {}
    seal = str(icon("seal", "s"))
    buttons, time = _Buttons(topic, viewer), Moments(now)
    return [
        (
            row.number,
            ours(
                row.article.replace(TIME, time(row.at))
                .replace(SEAL, seal)
                .replace(ACTS, more.get(row.number, "") + buttons.of(row))
            ),
        )
        for row in rows
        if row.state != PostState.WAITING or viewer.moderates or viewer.owns(row)
    ]


class _Buttons:
    """The row of buttons below posts; its fixed pieces are made once a page."""

    def __init__(self, topic: int, viewer: Viewer) -> None:
        self.topic, self.viewer = topic, viewer
        labels = {"agree": _("同感"), "thank": _("感谢")}
        self.reacts = [(kind, f"{icon(picture, 's')}{labels[kind]}") for kind, picture in REACTS]
        self.reply = f"{icon('reply', 's')}{pgettext('act', '回复')}"
        self.more = _("更多")
        self.acts = [
            (act, str(format_html("{}{}", icon(act.icon, "s") if act.icon else "", act.label)))
            for act in viewer.acts
        ]

    def of(self, row: Row) -> str:
        parts = []
        if row.state == PostState.SHOWN:
            parts = [
                self._react(row, kind, words, count)
                for (kind, words), count in zip(self.reacts, (row.agreed, row.thanked), strict=True)
            ]
            if self.viewer.replies:
                parts.append(
                    f'<a class="quiet" href="/topics/{self.topic}/reply/?to={row.number}">{self.reply}</a>'
                )
        own = self.viewer.owns(row)
        more = "".join(
            f'<a class="quiet" href="{act.url.replace("{post}", str(row.pk))}">{label}</a>'
            for act, label in self.acts
            if (act.own is None or act.own == own) and row.state in act.states
        )
        if more:
            parts.append(f'<details><summary class="quiet">{self.more}</summary><p>{more}</p></details>')
        return f'<div class="acts">{"".join(parts)}</div>' if parts else ""

    def _react(self, row: Row, kind: str, words: str, count: int) -> str:
        number = f' <span class="num">{count}</span>' if count else ""
        if self.viewer.person is None:
            return f'<a class="react" href="/posts/{row.pk}/react/?kind={kind}">{words}{number}</a>'
        pressed = "true" if (row.pk, kind) in self.viewer.reacted else "false"
        return f'<button class="react" form="acts" name="do" value="{kind}:{row.pk}" aria-pressed="{pressed}">{words}{number}</button>'
