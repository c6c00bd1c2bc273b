from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "linli.portal"
    label = "linli_portal"

    def ready(self) -> None:
        from . import (  # noqa: F401  # noqa: F401  # noqa: F401
            blog_files,
            blog_map,
            blog_messages,
            blog_records,
            blog_search,
            directory_findable,
            directory_jobs,
            directory_permissions,
            directory_slots,
            findable,
            group_messages,
            slots,
            slots_blog,
            subscribers_blog,
            subscribers_groups,
        )
