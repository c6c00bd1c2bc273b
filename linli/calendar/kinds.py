"""The kinds of periods that a place may set. The app whose matter it is registers each, with what holds without a rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .rules import Period


@dataclass(frozen=True)
class RuleKind:
    """`key` is what clocks are opened under; `label` says what has to be done, `starts` what starts the clock; `pause_cap`
    how much pause counts where a place has not said so itself (in the unit of the period; None: any)."""

    key: str
    label: Any
    starts: Any
    default: Period
    pause_cap: int | None = None


_kinds: dict[str, RuleKind] = {}


def register_rule(kind: RuleKind) -> RuleKind:
    """Raises ValueError for a key that is taken."""
    if _kinds.setdefault(kind.key, kind) is not kind:
        raise ValueError(f"two periods are called {kind.key}")
    return kind


def rule_kinds() -> list[RuleKind]:
    """All of them, by key."""
    return [_kinds[key] for key in sorted(_kinds)]
