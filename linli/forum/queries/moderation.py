"""Reading moderation: the public log and its numbers, what waits at the desk, one post's case, one act."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import TruncMonth

from linli.common.clock import SHANGHAI
from linli.people.api import Actor
from linli.sites.api import Site

from ..models import Act, Appeal, Board, Post, Report, Topic
from ..permissions import F
from ..rules import PostState
from ..speech_rules import ActKind, AppealState, ReportState

PAGE = 30
# What nobody outside needs to know of: it says nothing of anybody and happens by the dozen.
QUIET = (ActKind.APPROVE,)


@dataclass(frozen=True)
class LogFilter:
    """What of the log is shown; the empty one is all of it."""

    kind: str = ""
    who: str = ""  # people | machine
    month: date | None = None
    what: str = ""  # appealed | overturned

    @property
    def query(self) -> dict[str, str]:
        month = self.month.strftime("%Y-%m") if self.month else ""
        found = {"kind": self.kind, "who": self.who, "month": month, "what": self.what}
        return {key: value for key, value in found.items() if value}


def log_of(site: Site, chosen: LogFilter) -> QuerySet[Act]:
    """The acts on the boards of the site's place and below it, the newest first."""
    rows = _acts(site)
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.who:
        rows = rows.filter(automatic=chosen.who == "machine")
    if chosen.month:
        begin = datetime(chosen.month.year, chosen.month.month, 1, tzinfo=SHANGHAI)
        after = (chosen.month.year + chosen.month.month // 12, chosen.month.month % 12 + 1)
        rows = rows.filter(at__gte=begin, at__lt=datetime(*after, 1, tzinfo=SHANGHAI))
    if chosen.what == "appealed":
        rows = rows.filter(appeal__isnull=False)
    elif chosen.what == "overturned":
        rows = rows.filter(appeal__state=AppealState.OVERTURNED)
    return rows.select_related(
        "place", "board__place", "topic", "body", "rules__place", "appeal__body", "undone_by"
    ).order_by("-pk")


def _acts(site: Site) -> QuerySet[Act]:
    return Act.objects.filter(place__path__under=site.place.path).exclude(kind__in=QUIET)


def log_page(site: Site, chosen: LogFilter, before: int | None) -> tuple[list[Act], int | None]:
    """A page of the log, and the key from which the next one goes on."""
    rows = log_of(site, chosen)
    found = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


@dataclass
class Month:
    """A month in numbers; each leads to the list behind it."""

    first: date
    people: int = 0
    machine: int = 0
    appealed: int = 0
    overturned: int = 0

    @property
    def key(self) -> str:
        return self.first.strftime("%Y-%m")


def months_of(site: Site, most: int = 12) -> list[Month]:
    """Acts by month in Shanghai, the newest first; one statement."""
    counted = _acts(site).annotate(m=TruncMonth("at", tzinfo=SHANGHAI)).values("m")
    rows = counted.annotate(
        people=Count("pk", filter=Q(automatic=False)),
        machine=Count("pk", filter=Q(automatic=True)),
        appealed=Count("appeal"),
        overturned=Count("appeal", filter=Q(appeal__state=AppealState.OVERTURNED)),
    ).order_by("-m")
    names = ("people", "machine", "appealed", "overturned")
    return [Month(row["m"].date(), **{name: row[name] for name in names}) for row in rows[:most]]


def act_for_page(pk: int) -> Act | None:
    rows = Act.objects.select_related(
        "place", "board__place", "topic", "post", "body", "person", "rules__place", "undone_by__body", "undoes"
    )
    return rows.filter(pk=pk).first()


def appeal_of(act: Act) -> Appeal | None:
    return Appeal.objects.select_related("body").filter(act=act).first()


@dataclass
class Case:
    """One post at the desk: several reports of it are one line."""

    post: Post
    reports: int = 0
    first_at: datetime | None = None
    articles: list[int] = field(default_factory=list)
    cause: str = ""


def moderated(actor: Actor, to: str = "") -> Q:
    """Rows of boards where the actor keeps order (and which he therefore reads)."""
    inside = Q(pk__in=[])
    for path in actor.paths_for(F.FORUM_MODERATE) if actor.acting and actor.mandate is None else ():
        inside |= Q(**{f"{to}place__path__under": path})
    return inside


def _own(actor: Actor, to: str) -> Q:
    return Q(**{f"{to}author": actor.person_id}) | Q(**{f"{to}for_person": actor.person_id})


def reported(actor: Actor, board: int | None = None) -> QuerySet[Any]:
    """Posts with open reports, the longest waiting first: rows of post, n, first."""
    rows = Report.objects.filter(moderated(actor, "post__topic__board__"), state=ReportState.OPEN).exclude(
        _own(actor, "post__")
    )
    if board:
        rows = rows.filter(post__topic__board=board)
    return rows.values("post").annotate(n=Count("pk"), first=Min("at")).order_by("first", "post")


def waiting(actor: Actor, board: int | None = None) -> QuerySet[Post]:
    """What waits to be let out, the longest first."""
    rows = Post.objects.filter(moderated(actor, "topic__board__"), state=PostState.WAITING).exclude(
        _own(actor, "")
    )
    if board:
        rows = rows.filter(topic__board=board)
    return rows.order_by("at", "pk")


def cases(rows: list[dict[str, Any]]) -> list[Case]:
    """A page of `reported`, whole; two statements."""
    keys = [row["post"] for row in rows]
    posts = _whole(Post.objects.filter(pk__in=keys)).in_bulk()
    articles: dict[int, set[int]] = {}
    for post, article in Report.objects.filter(post__in=keys, state=ReportState.OPEN).values_list(
        "post", "article"
    ):
        articles.setdefault(post, set()).add(article)
    return [
        Case(posts[row["post"]], row["n"], row["first"], sorted(articles.get(row["post"], ())))
        for row in rows
    ]


def waiting_cases(posts: list[Post]) -> list[Case]:
    """A page of `waiting`, with why each waits; two statements."""
    keys = [post.pk for post in posts]
    found = _whole(Post.objects.filter(pk__in=keys)).in_bulk()
    causes: dict[int | None, str] = {}
    for post, cause in (
        Act.objects.filter(post__in=keys, kind=ActKind.HOLD).order_by("pk").values_list("post", "cause")
    ):
        causes[post] = cause
    return [Case(found[key], first_at=found[key].at, cause=causes.get(key, "")) for key in keys]


def _whole(rows: QuerySet[Post]) -> QuerySet[Post]:
    return rows.select_related("topic__board__place", "author", "body", "for_person")


def post_for_desk(pk: int) -> Post | None:
    return _whole(Post.objects.filter(pk=pk)).prefetch_related("pictures__file").first()


def topic_for_desk(pk: int) -> Topic | None:
    rows = Topic.objects.select_related("board__place", "author", "body", "merged_into")
    return rows.filter(pk=pk).first()


def reports_of(post: Post) -> list[Report]:
    rows = Report.objects.filter(post=post, state=ReportState.OPEN)
    return list(rows.select_related("rules").order_by("at"))


def acts_of(**to: Any) -> list[Act]:
    """What has been done so far to a post, a topic or a thing (`post=`, `topic=`, `thing=`), the newest first."""
    rows = Act.objects.filter(**to).select_related(
        "body", "undone_by", "appeal", "place", "board__place", "topic", "rules"
    )
    return list(rows.order_by("-pk")[:50])


def still_standing(post: Post, kinds: tuple[str, ...]) -> list[Act]:
    """Warnings and pauses that may be taken back."""
    return list(Act.objects.filter(post=post, kind__in=kinds, undone_by=None).order_by("-pk"))


def boards_at_desk(actor: Actor) -> QuerySet[Board]:
    return (
        Board.objects.filter(moderated(actor))
        .select_related("place")
        .order_by("place__level", "place__sort", "order", "pk")
    )


def desk_counts(actor: Actor) -> tuple[int, int]:
    """How many posts are reported and how many wait."""
    return reported(actor).count(), waiting(actor).count()
