from django.apps import AppConfig


class StudioConfig(AppConfig):
    name = "linli.studio"
    label = "linli_studio"

    def ready(self) -> None:
        from . import jobs, library, permissions, slots, subscribers  # noqa: F401
