from django.apps import AppConfig


class PeerConfig(AppConfig):
    name = "bench.wagtail_peer"
    label = "wagtail_peer"
