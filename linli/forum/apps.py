from importlib import import_module

from django.apps import AppConfig

# Rooms that make themselves known to others when they are read.
ROOMS = (
    "findable",
    "moderation",
    "permissions",
    "picture_owner",
    "reading",
    "records",
    "site_map",
    "slots",
    "subscribers",
)


class ForumConfig(AppConfig):
    name = "linli.forum"
    label = "linli_forum"

    def ready(self) -> None:
        for room in ROOMS:
            import_module(f"linli.forum.{room}")
