from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "linli.forms"
    label = "linli_forms"

    def ready(self) -> None:
        from . import jobs, permissions, records, slots, subscribers  # noqa: F401
