from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "linli.people"
    label = "linli_people"

    def ready(self) -> None:
        from . import jobs, permissions, residency_slots, rotation, slots, slots_desk, slots_mandates, tasks  # noqa: F401
