from django.apps import AppConfig


class GatewaysConfig(AppConfig):
    name = "linli.gateways"
    label = "linli_gateways"

    def ready(self) -> None:
        from . import doctor, jobs  # noqa: F401
