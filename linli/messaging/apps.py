from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "linli.messaging"
    label = "linli_messaging"

    def ready(self) -> None:
        from . import handlers, jobs, permissions, records, slots, subscribers  # noqa: F401
