from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "linli.design"
    label = "linli_design"
