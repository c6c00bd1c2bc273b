from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "linli.casework"
    label = "linli_casework"

    def ready(self) -> None:
        from . import (  # noqa: F401
            clocks,
            jobs,
            permissions,
            pictures,
            records,
            records_desk,
            slots_desk,
            subscribers,
            told,
        )
        from .actions import steps  # noqa: F401
