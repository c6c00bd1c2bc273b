from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "linli.demo"
    label = "linli_demo"

    def ready(self) -> None:
        from . import slots  # noqa: F401
