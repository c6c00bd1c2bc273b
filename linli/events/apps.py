from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "linli.events"
    label = "linli_events"
