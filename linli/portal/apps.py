from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "linli.portal"
    label = "linli_portal"

    def ready(self) -> None:
        from . import findable, slots  # noqa: F401
        from . import blog_files, blog_map, blog_messages, blog_records, blog_search, slots_blog, subscribers_blog  # noqa: F401
        from . import group_messages, subscribers_groups  # noqa: F401
