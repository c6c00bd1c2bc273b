from django.apps import AppConfig


class FloorConfig(AppConfig):
    name = "bench.forum_floor"
    label = "forum_floor"
