from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "linli.services"
    label = "linli_services"

    def ready(self) -> None:
        from . import findable, map, paper_files, records, slots, subscribers  # noqa: F401
