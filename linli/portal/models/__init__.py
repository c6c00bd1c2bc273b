"""What the portal keeps, one file a noun."""

from .notice import Notice, NoticeEvent, NoticeRead

__all__ = ["Notice", "NoticeEvent", "NoticeRead"]
