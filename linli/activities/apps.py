from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "linli.activities"
    label = "linli_activities"

    def ready(self) -> None:
        from . import findable, jobs, map, pictures, records, slots, subscribers, told  # noqa: F401
