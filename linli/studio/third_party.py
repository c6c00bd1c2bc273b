"""Wagtail's apps as we install them: a web worker that only shows pages loads none of the editor.

Their own start loads the whole editor and an HTTP API (36 MiB and a second in every process). Ours do the rest
when the first editor comes: `editor.wake`.
"""

from django.apps import AppConfig


class WagtailCore(AppConfig):
    name = "wagtail"
    label = "wagtailcore"
    default_auto_field = "django.db.models.AutoField"

    def ready(self) -> None:
        """Its signals stay unconnected (the reference index would follow every write), its search for hooks ends here:
        what would be found are pages for users, groups, reports and settings, which we do not have."""
        import wagtail.wagtail_hooks  # noqa: F401
        from wagtail import hooks
        from wagtail.actions import register_default_actions

        hooks._searched_for_hooks = True
        register_default_actions()


class WagtailAdmin(AppConfig):
    name = "wagtail.admin"
    label = "wagtailadmin"
    default_auto_field = "django.db.models.AutoField"


class WagtailUsers(AppConfig):
    """Tables only: an editor's preferences."""

    name = "wagtail.users"
    label = "wagtailusers"
    default_auto_field = "django.db.models.AutoField"


class WagtailRedirects(AppConfig):
    """Tables only; `actions.guides` writes them, `views.guides` reads them."""

    name = "wagtail.contrib.redirects"
    label = "wagtailredirects"
    default_auto_field = "django.db.models.AutoField"
