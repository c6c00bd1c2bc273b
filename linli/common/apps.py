from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "linli.common"
    label = "linli_common"
    verbose_name = "common"

    def ready(self) -> None:
        from . import jobs  # noqa: F401
