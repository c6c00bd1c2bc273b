from django.apps import AppConfig


class DeliberationConfig(AppConfig):
    name = "linli.deliberation"
    label = "linli_deliberation"

    def ready(self) -> None:
        from . import (  # noqa: F401
            clocks,
            findable,
            jobs,
            moderation,
            pictures,
            public_map,
            records,
            slots,
            subscribers,
            told,
        )
