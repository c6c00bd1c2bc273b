"""What happened to the pages that editors arrange."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PageHandedIn:
    """An editor handed a page in and it waits for somebody to check it: read the state of its task."""

    page_id: int
    state_id: int


@dataclass(frozen=True)
class PageChecked:
    """What an editor had handed in was approved, returned, or taken over by whoever checks: read the state of its task."""

    page_id: int
    state_id: int
