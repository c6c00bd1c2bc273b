from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "linli.casework"
    label = "linli_casework"

    def ready(self) -> None:
        from . import clocks, permissions, records  # noqa: F401
        from .actions import steps  # noqa: F401
