"""How a view says that its anonymous page may be kept, on what it depends, and until when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.base import BaseStorage
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve

from linli.common import clock

from .parts import reading

NOTE = "linli.pagecache"  # in the WSGI environ, where no header of a visitor can put it
Tags = Iterable[str] | Callable[..., Iterable[str]]
Until = Callable[[datetime], datetime | None]


@dataclass(frozen=True)
class Spec:
    """A view's declaration."""

    tags: Tags
    query: frozenset[str]
    until: Until | None

    def tags_of(self, arguments: dict[str, Any]) -> frozenset[str]:
        return frozenset(self.tags(**arguments) if callable(self.tags) else self.tags)


@dataclass
class Note:
    """What the edge learns while the view runs."""

    until: list[datetime] = field(default_factory=list)
    session_read: bool = False
    declared: bool = False


class NoSession(dict[str, Any]):
    """The empty session of a page that is to be kept. Whoever looks into it makes the page one's own: not kept."""

    accessed = modified = False
    session_key = None

    def __init__(self, note: Note) -> None:
        super().__init__()
        self.note = note

    def _seen(self, *args: Any, **kw: Any) -> None:
        self.note.session_read = True

    def get(self, key: str, default: Any = None) -> Any:
        self._seen()
        return default

    def __contains__(self, key: object) -> bool:
        self._seen()
        return False

    def __getitem__(self, key: str) -> Any:
        self._seen()
        raise KeyError(key)

    def pop(self, key: str, *default: Any) -> Any:
        self._seen()
        if default:
            return default[0]
        raise KeyError(key)

    def is_empty(self) -> bool:
        return True

    __setitem__ = __delitem__ = setdefault = update = set_expiry = flush = cycle_key = save = _seen  # type: ignore[assignment]


class NoMessages(BaseStorage):
    """Nothing to say to nobody; what a view says all the same makes the page one's own."""

    def _get(self, *args: Any, **kw: Any) -> tuple[list[Any], bool]:
        return [], True

    def _store(self, messages: list[Any], response: HttpResponse, *args: Any, **kw: Any) -> list[Any]:
        if messages:
            self.request.session["messages"] = messages
        return []


def cached(*, tags: Tags, query: Iterable[str] = (), valid_until: Until | None = None) -> Callable[..., Any]:
    """Keep the anonymous page of this view. It stands right above the function.

    `tags`: names, or a function of the route's arguments; `query`: the parameters that the page knows (any other:
    not kept); `valid_until(now)`: the next moment at which time alone changes the page.
    """
    spec = Spec(tags if callable(tags) else tuple(tags), frozenset(query), valid_until)

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kw: Any) -> HttpResponse:
            note = request.META.get(NOTE)
            if note is not None:
                note.declared = True
                moment = spec.until(clock.now()) if spec.until else None
                if moment:
                    note.until.append(moment)
                request.session = NoSession(note)  # type: ignore[assignment]
                request.user = AnonymousUser()
                request._messages = NoMessages(request)  # type: ignore[attr-defined]
            known = () if callable(spec.tags) else spec.tags
            with reading(known) if request.method in ("GET", "HEAD") else nullcontext():
                return view(request, *args, **kw)

        wrapped.page_cache = spec  # type: ignore[attr-defined]
        return wrapped

    return decorate


_moments: ContextVar[list[datetime] | None] = ContextVar("moments", default=None)


@contextmanager
def collected() -> Iterator[list[datetime]]:
    """The moments that are told to `valid_until` meanwhile: for parts of pages that are kept by themselves."""
    moments: list[datetime] = []
    token = _moments.set(moments)
    try:
        yield moments
    finally:
        _moments.reset(token)


def valid_until(request: HttpRequest, moment: datetime | None) -> None:
    """From inside a view: the page as shown holds until this moment at most."""
    if moment is None:
        return
    moments, note = _moments.get(), request.META.get(NOTE)
    if moments is not None:
        moments.append(moment)
    if note is not None:
        note.until.append(moment)


@lru_cache(maxsize=1024)
def declared(path: str, urlconf: str) -> tuple[Spec, dict[str, Any], str] | None:
    """The declaration of the view behind a path, the route's arguments and name; None where nothing is kept."""
    try:
        match = resolve(path, urlconf)
    except Http404:
        return None
    spec = getattr(match.func, "page_cache", None)
    if spec is None or getattr(match.func, "access", "public") != "public":
        return None
    return spec, match.kwargs, match.view_name
