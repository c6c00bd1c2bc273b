from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "linli.portal"
    label = "linli_portal"
