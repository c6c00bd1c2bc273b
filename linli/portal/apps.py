from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "linli.portal"
    label = "linli_portal"

    def ready(self) -> None:
        from . import findable, slots  # noqa: F401
