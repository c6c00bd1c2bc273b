from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "linli.portal"
    label = "linli_portal"

    def ready(self) -> None:
        from . import (  # noqa: F401
            blog_files,
            blog_map,
            blog_messages,
            blog_records,
            blog_search,
            directory_findable,
            directory_jobs,
            directory_permissions,
            directory_records,
            directory_slots,
            duty_slots,
            findable,
            gallery_slots,
            group_messages,
            notice_files,
            notice_found,
            notice_jobs,
            notice_map,
            notice_records,
            notice_slots,
            notice_subscribers,
            slots,
            slots_blog,
            subscribers_blog,
            subscribers_groups,
        )
