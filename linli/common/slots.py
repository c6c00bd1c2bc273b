"""Named places in a lower app's page that upper apps fill, so that the lower one need not know them.

A provider is a function of the request that gives a list; the page shows the lists of all providers, by order.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True)
class Link:
    """An entry of a navigation."""

    label: Any
    url: str
    icon: str = ""
    order: int = 50
    count: int | None = None
    current: bool = False


@dataclass(frozen=True)
class Box:
    """A part of a page: a template and its context. An arranged page places it by its name, else by its folder."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 50
    name: str = ""

    @property
    def called(self) -> str:
        """`portal/notices/box.html` is called `notices`, where it has no name."""
        return self.name or self.template.split("/")[-2]


@lru_cache(maxsize=512)
def url(name: str) -> str:
    """The address of a route without arguments, worked out once: navigations ask for it on every page."""
    return reverse(name)


Provider = Callable[..., Iterable[Any]]
_providers: dict[str, list[Provider]] = defaultdict(list)


def fill(name: str, provider: Provider) -> Provider:
    """Register a provider for a slot; the same one twice counts once."""
    if provider not in _providers[name]:
        _providers[name].append(provider)
    return provider


def providers(name: str) -> list[Provider]:
    return _providers[name]


def entries(name: str, request: HttpRequest, **context: Any) -> list[Any]:
    """What the slot holds for this request, by order."""
    found = [entry for provider in _providers[name] for entry in provider(request, **context)]
    return sorted(found, key=lambda entry: entry.order)
