from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "linli.forum"
    label = "linli_forum"
