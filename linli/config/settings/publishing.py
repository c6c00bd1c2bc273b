"""Wagtail arranges the pages of the site cluster; see docs/why/0018. Its editor stands under /studio/ alone.

Only what our editor needs is installed: no users section, no images and documents of its own (`linli.files` keeps
both), no snippets, no embeds, no API.
"""

from .base import INSTALLED_APPS, LINLI_INSTANCE, MIDDLEWARE
from .security import LINLI_ORIGIN

INSTALLED_APPS += [
    "linli.studio.third_party.WagtailRedirects",
    "linli.studio.third_party.WagtailUsers",  # keeps an editor's preferences; its pages are not routed
    "linli.studio.third_party.WagtailAdmin",
    "linli.studio.third_party.WagtailCore",
    "taggit",
    "modelcluster",
    "treebeard",
]
MIDDLEWARE += ["linli.studio.middleware.StudioMiddleware"]

WAGTAIL_SITE_NAME = LINLI_INSTANCE.name or "邻里"
WAGTAILADMIN_BASE_URL = LINLI_ORIGIN
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_MODERATION_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "wagtail.workflows.publish_workflow_state"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_AUTO_UPDATE_PREVIEW = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = [("zh-hans", "简体中文")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILREDIRECTS_AUTO_CREATE = False  # our verbs write them, with the site's own addresses
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "linli.studio.no_index.NoIndex", "AUTO_UPDATE": False}}
# Wagtail's tables in one step each: its own hundred and sixty steps took 11 processor seconds at every first start,
# and left groups, a workflow and a welcome page behind. `makemigrations --check` says when Wagtail's models changed.
MIGRATION_MODULES = {
    label: f"linli.studio.migrations.{label}"
    for label in ("wagtailcore", "wagtailadmin", "wagtailusers", "wagtailredirects", "taggit")
}
