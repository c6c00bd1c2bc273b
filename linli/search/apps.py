from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "linli.search"
    label = "linli_search"

    def ready(self) -> None:
        from . import jobs, permissions, slots  # noqa: F401
