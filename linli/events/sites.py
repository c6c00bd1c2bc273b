"""What happened to the sites of groups."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class GroupDecided:
    """Somebody's wish for a group's site was granted or refused: read the application."""

    application_id: UUID
