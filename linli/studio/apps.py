from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "linli.studio"
    label = "linli_studio"

    def ready(self) -> None:
        from . import jobs, library, permissions, records, slots, subscribers  # noqa: F401
