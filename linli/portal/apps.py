from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "linli.portal"
    label = "linli_portal"

    def ready(self) -> None:
        from . import (  # noqa: F401
            findable,
            notice_files,
            notice_found,
            notice_jobs,
            notice_records,
            notice_slots,
            notice_subscribers,
            slots,
        )
