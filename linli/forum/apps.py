from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "linli.forum"
    label = "linli_forum"

    def ready(self) -> None:
        from . import findable, moderation, permissions, picture_owner, reading, records, site_map, slots, subscribers  # noqa: F401
