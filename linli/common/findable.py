"""How apps below the search say that a thing of theirs has changed, in the same transaction.

The search listens and writes its entry anew; an app above the search calls its api instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

Listener = Callable[[list[Any]], None]
_listeners: dict[str, list[Listener]] = defaultdict(list)


def listen(kind: str, listener: Listener) -> Listener:
    """Call the listener with the keys of changed things of the kind; the same one twice counts once."""
    if listener not in _listeners[kind]:
        _listeners[kind].append(listener)
    return listener


def changed(kind: str, keys: Iterable[Any]) -> None:
    """Things of the kind were made, changed or ended. Call it inside the transaction of the change."""
    found = list(dict.fromkeys(keys))
    if found:
        for listener in _listeners[kind]:
            listener(found)
