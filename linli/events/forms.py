"""What happened to forms."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class FormSent:
    """Somebody sent a form. Told once a filling; its answers are read through the door of forms."""

    filling_id: UUID
    version_id: UUID
    kind_id: UUID


@dataclass(frozen=True)
class FormPublished:
    """A version of a form is in use from now on; the one before is not."""

    kind_id: UUID
    version_id: UUID
