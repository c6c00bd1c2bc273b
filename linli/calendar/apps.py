from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "linli.calendar"
    label = "linli_calendar"

    def ready(self) -> None:
        from . import claims, jobs, permissions, slots  # noqa: F401
