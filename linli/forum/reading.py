"""What reading plugs into the forum and into the apps below; loaded once, in `AppConfig.ready`."""

from . import jobs_reading, reading_hooks, records_reading, slots_reading, subscribers_reading, told

__all__ = ["jobs_reading", "reading_hooks", "records_reading", "slots_reading", "subscribers_reading", "told"]
