from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "linli.casework"
    label = "linli_casework"

    def ready(self) -> None:
        from . import (  # noqa: F401
            clocks,
            findable,
            jobs,
            permissions,
            pictures,
            records,
            records_desk,
            records_resident,
            slots_desk,
            slots_resident,
            subscribers,
            subscribers_resident,
            told,
        )
        from .actions import steps  # noqa: F401
