from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "linli.casework"
    label = "linli_casework"

    def ready(self) -> None:
        from . import clocks, permissions, records  # noqa: F401
        from . import findable, pictures, records_resident, slots_resident, subscribers_resident, told  # noqa: F401  # isort: skip
        from .actions import steps  # noqa: F401
