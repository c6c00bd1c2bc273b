from django.apps import AppConfig


class SitesConfig(AppConfig):
    name = "linli.sites"
    label = "linli_sites"

    def ready(self) -> None:
        from . import permissions, slots, subscribers  # noqa: F401
