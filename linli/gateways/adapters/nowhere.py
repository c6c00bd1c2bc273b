"""The adapter of an instance whose gateway is not set up."""

from .port import Adapter, Unavailable


class NowhereAdapter(Adapter):
    """Never available; says why."""

    near = True

    def __init__(self, why: str) -> None:
        self.why = why

    def open(self) -> None:
        raise Unavailable(self.why)
