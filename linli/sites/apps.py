from django.apps import AppConfig


class SitesConfig(AppConfig):
    name = "linli.sites"
    label = "linli_sites"

    def ready(self) -> None:
        from . import group_records, group_search, permissions, slots, slots_groups, subscribers  # noqa: F401
