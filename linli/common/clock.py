"""The only reader of time. Rules and actions get the time as an argument."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")
SKEW = timedelta(days=1)  # what says that it happened later than this from now was written under a wrong clock


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def local_date(moment: datetime) -> date:
    """The calendar day of a moment in Shanghai, in which law and people count."""
    return moment.astimezone(SHANGHAI).date()


def start_of(day: date) -> datetime:
    """The first instant of a calendar day in Shanghai."""
    return datetime.combine(day, time(), SHANGHAI)
