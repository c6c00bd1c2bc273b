"""What was published on the sites, with everything that another channel needs to say it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class NoticePublished:
    """A notice is out. Words here are public. Lists are joined by blanks: paths of its audience, keys of chosen buildings.

    `short` can be sent as one SMS and read aloud; it is never empty for an important or urgent notice. `corrects` is
    the key of the notice that it takes the place of, or empty.
    """

    notice_id: UUID
    title: str
    short: str
    kind: str
    level: str
    issuer_id: UUID
    issuer_name: str
    place_id: int
    audience_paths: str
    building_ids: str
    url_path: str
    published_at: datetime
    valid_until: datetime
    corrects: str = ""


@dataclass(frozen=True)
class NoticeEnded:
    """A published notice is over: expired, withdrawn or corrected. Screens and loudspeakers stop saying it."""

    notice_id: UUID
    how: str
