"""A place that was made gets its site in the same transaction."""

from linli.common import findable

from .actions.sites import ensure_now


def places_changed(keys: list[int]) -> None:
    ensure_now(keys)


findable.listen("place", places_changed)
