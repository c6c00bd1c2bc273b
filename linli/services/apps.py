from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "linli.services"
    label = "linli_services"

    def ready(self) -> None:
        from . import findable, map, records, slots  # noqa: F401
