from django.apps import AppConfig


class OpenapiConfig(AppConfig):
    name = "linli.openapi"
    label = "linli_openapi"

    def ready(self) -> None:
        from . import permissions, records, slots  # noqa: F401
