"""Requests by name of route and class of status, a histogram of their time, and gauges that apps register.

Written in Prometheus' text form. Labels come from closed sets (names of routes, jobs, channels): no address with
a key in it, nobody's name.
"""

from __future__ import annotations

import logging
import os
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.urls import URLPattern, URLResolver, get_resolver

from . import counters

log = logging.getLogger("linli.metrics")
STATIC, NONE = "static", "none"
CLASSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
KINDS = ("read", "write")
# How an answer came about. `django`: by a view; the others at the edge: from a kept page, by the render of one, by
# another's render, the former one while another is rendered, late since the database did not answer, as the public copy for a reader in a crowd, not at all.
PAGES = ("django", "hit", "miss", "shared", "former", "late", "copy", "refused")


@dataclass(frozen=True)
class Sample:
    """One gauge at this moment."""

    name: str
    help: str
    value: float
    labels: dict[str, str] = field(default_factory=dict)


Gauge = Callable[[datetime], Iterable[Sample]]
_gauges: list[Gauge] = []
_own: counters.Counters | None = None


def gauge(function: Gauge) -> Gauge:
    """Register a function of the time that gives samples; it may ask the database."""
    if function not in _gauges:
        _gauges.append(function)
    return function


def _names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _names(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{space}{entry.name}"


def _keys() -> Iterator[str]:
    for route in (STATIC, NONE, *_names(get_resolver())):
        for status in CLASSES:
            yield f"{route}|{status}"
    for kind in KINDS:
        for bound in (*BOUNDS, "+Inf"):
            yield f"{kind}<{bound}"
        yield f"{kind}#us"
    for page in PAGES:
        yield f"page>{page}"


def book() -> counters.Counters:
    """This process' counters; made anew after a fork."""
    global _own
    if _own is None or _own.pid != os.getpid():
        _own = counters.Counters(settings.LINLI_DATA / "run" / "metrics", _keys())
    return _own


def count(route: str, status: int, seconds: float, *, writing: bool = False, page: str = "django") -> None:
    """Note one answered request; `page`: how the answer came about."""
    own, bound = book(), bisect_left(BOUNDS, seconds)
    which = (route, status // 100, writing, bound, page)
    places = own.known.get(which)
    if places is None:
        places = own.known[which] = _places(own, *which)
    own.add(places, int(seconds * 1_000_000))


def _places(own: counters.Counters, route: str, status: int, writing: bool, bound: int, page: str) -> tuple[int, ...]:
    """Where the time of an answer is added, and where ones are."""
    kind, limit = KINDS[writing], BOUNDS[bound] if bound < len(BOUNDS) else "+Inf"
    key = f"{route}|{status}xx"
    key = key if key in own.places else f"{NONE}|{status}xx"
    names = (f"{kind}#us", key, f"{kind}<{limit}", f"page>{page}")
    return tuple(own.places[name] for name in names if name in own.places)


def exposition(now: datetime) -> str:
    """Everything, as Prometheus reads it."""
    own = book()
    try:
        counts = counters.total(own.folder) if own.file is not None else own.own()
    except OSError:
        counts = own.own()
    lines = [*_requests(counts), *_times(counts), *_pages(own), *_gauged(now)]
    return "\n".join(lines) + "\n"


def _requests(counts: Counter[str]) -> Iterator[str]:
    yield "# HELP linli_requests_total Requests answered, by name of route and class of status."
    yield "# TYPE linli_requests_total counter"
    for key in sorted(counts):
        if "|" in key:
            route, status = key.split("|")
            yield f'linli_requests_total{{route="{route}",status="{status}"}} {counts[key]}'


def _pages(own: counters.Counters) -> Iterator[str]:
    """By process, living ones only: each keeps pages of its own. The sum over all is linli_requests_total."""
    try:
        living = counters.living(own.folder) if own.file is not None else {}
    except OSError:
        living = {}
    yield "# HELP linli_answers_total Answers of each living web process by how they came about: hit and shared cost no render."
    yield "# TYPE linli_answers_total counter"
    for process, found in sorted((living or {str(own.pid): own.own()}).items()):
        for page in PAGES:
            if found[f"page>{page}"] or page in ("hit", "miss"):
                yield f'linli_answers_total{{process="{process}",page="{page}"}} {found[f"page>{page}"]}'


def _times(counts: Counter[str]) -> Iterator[str]:
    yield "# HELP linli_request_seconds Time to answer, reading and writing."
    yield "# TYPE linli_request_seconds histogram"
    for kind in KINDS:
        below = 0
        for bound in (*BOUNDS, "+Inf"):
            below += counts[f"{kind}<{bound}"]
            yield f'linli_request_seconds_bucket{{kind="{kind}",le="{bound}"}} {below}'
        yield f'linli_request_seconds_sum{{kind="{kind}"}} {counts[f"{kind}#us"] / 1_000_000}'
        yield f'linli_request_seconds_count{{kind="{kind}"}} {below}'


def _gauged(now: datetime) -> Iterator[str]:
    samples: list[Sample] = []
    up = 1
    for function in _gauges:
        try:
            samples += function(now)
        except (DatabaseError, InterfaceError):
            up = 0
        except Exception:
            log.exception("a gauge failed")
    samples.append(Sample("linli_database_up", "Whether the database answered.", up))
    seen = ""
    for sample in sorted(samples, key=lambda one: (one.name, sorted(one.labels.items()))):
        if sample.name != seen:
            seen = sample.name
            yield f"# HELP {seen} {sample.help}"
            yield f"# TYPE {seen} gauge"
        labels = ",".join(f'{name}="{_escaped(value)}"' for name, value in sample.labels.items())
        yield f"{seen}{{{labels}}} {sample.value:g}" if labels else f"{seen} {sample.value:g}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
