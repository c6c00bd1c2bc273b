"""What every way out looks like from inside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType


class Unavailable(Exception):
    """It did not work now and may work later. The text names no recipient and no content."""


class Throttled(Unavailable):
    """The other side asks us to slow down: no failure of this message."""


class Refused(Exception):
    """This message will never be taken. The text names no recipient and no content."""


@dataclass(frozen=True)
class Part:
    """One part of a text that was split. `mark` is the same in all parts of a message (0 to 255)."""

    mark: int
    number: int
    count: int
    gsm: bool  # the coding of the whole text, so that every part goes in the same one


@dataclass(frozen=True)
class Parcel:
    """One message as an adapter sees it. `to` is a number in E.164 or an address; `key` is unique and stays the same."""

    key: str
    to: str
    text: str
    subject: str = ""
    part: Part | None = None
    unsubscribe: str = ""


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
    splits = False  # wants a long text in parts, one parcel each
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
