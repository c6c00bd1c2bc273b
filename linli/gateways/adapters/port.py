"""What every way out looks like from inside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType


class Unavailable(Exception):
    """It did not work now and may work later. The text names no recipient and no content."""


class Refused(Exception):
    """This message will never be taken. The text names no recipient and no content."""


@dataclass(frozen=True)
class Parcel:
    """One message as an adapter sees it. `to` is a number in E.164 or an address; `key` is unique and stays the same."""

    key: str
    to: str
    text: str
    subject: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the other side later said about a reference."""

    reference: str
    delivered: bool
    word: str = ""


class Adapter:
    """A context manager: open, send any number of parcels, fetch receipts, close. Not shared between threads.

    `near` says that nothing leaves the machine, so that sending takes no time worth speaking of.
    """

    near = False
    has_receipts = False

    def __enter__(self) -> Adapter:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> None:
        """Raises Unavailable."""

    def close(self) -> None:
        """Never raises."""

    def send(self, parcel: Parcel) -> str:
        """Hand it over; the other side's reference, or "". Raises Unavailable or Refused."""
        raise NotImplementedError

    def receipts(self) -> Iterable[Receipt]:
        """Those that came in since the last call, and those that lie ready. Never raises."""
        return []
