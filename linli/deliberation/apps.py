from django.apps import AppConfig


class DeliberationConfig(AppConfig):
    name = "linli.deliberation"
    label = "linli_deliberation"

    def ready(self) -> None:
        from . import clocks, findable, jobs, pictures, public_map, records, slots, subscribers, told  # noqa: F401
