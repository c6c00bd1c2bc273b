"""What moderation plugs into the forum and into the apps below; loaded once, in `AppConfig.ready`."""

from . import jobs_moderation, records_moderation, slots_moderation, subscribers_moderation, told_moderation
from .actions import limits
from .queries import drift, erased

__all__ = [
    "drift", "erased", "jobs_moderation", "limits", "records_moderation", "slots_moderation", "subscribers_moderation", "told_moderation",
]  # fmt: skip
