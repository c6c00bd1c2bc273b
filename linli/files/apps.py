from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "linli.files"
    label = "linli_files"

    def ready(self) -> None:
        from . import jobs, pending, proof_owner, slots, subscribers  # noqa: F401
