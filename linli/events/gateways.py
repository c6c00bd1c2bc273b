"""What became of messages that went out."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class OutgoingMoved:
    """A message whose sender wants to hear of it was handed over, delivered, or failed. May come in any order."""

    outgoing_id: UUID
    state: str
