from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "linli.common"
    label = "linli_common"
    verbose_name = "common"

    def ready(self) -> None:
        from . import jobs  # noqa: F401
        from .backup import jobs as nightly  # noqa: F401
        from .doctor import checks, machine  # noqa: F401
        from .ops import gauges  # noqa: F401
