from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "linli.common"
    label = "linli_common"
    verbose_name = "common"

    def ready(self) -> None:
        from . import jobs
        from .backup import jobs as backup_jobs
        from .doctor import checks, machine
        from .ops import gauges  # noqa: F401
