"""Apps, middleware, templates, static files."""

import os

from linli.config import instance

LINLI_DATA = instance.data_folder()
LINLI_INSTANCE = instance.load(LINLI_DATA) or instance.Instance(kind="none")
LINLI_DEMO = LINLI_INSTANCE.is_demo

DEBUG = False
ROOT_URLCONF = "linli.config.urls"
WSGI_APPLICATION = "linli.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

LINLI_APPS = [
    "common", "events", "design", "areas", "gateways", "people", "calendar", "search", "files", "forms", "sites", "messaging", "forum", "activities", "deliberation", "casework", "services", "studio", "portal", "openapi", "demo",
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "django.forms",
    *[f"linli.{name}" for name in LINLI_APPS],  # before allauth, whose templates people's override
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
AUTH_USER_MODEL = "linli_people.Person"

MIDDLEWARE = [
    "linli.common.ops.middleware.OpsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "linli.common.middleware.ErrorsMiddleware",
    "linli.design.middleware.StaticMiddleware",
    "linli.common.middleware.SessionMiddleware",
    "linli.design.middleware.ModesMiddleware",
    "linli.common.ops.pause.PauseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "linli.people.middleware.ActingMiddleware",
    "linli.people.middleware.SetUpMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
INSTALLED_APPS.insert(2, "django.contrib.messages")
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "linli.design.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "linli.design.templatetags.design"],
        },
    }
]
FORM_RENDERER = "linli.design.forms.Renderer"

STATIC_URL = "/static/"
STATIC_ROOT = LINLI_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": LINLI_DATA / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
# MiB of anonymous pages that each web worker keeps; 0: none are kept.
LINLI_PAGE_CACHE = int(os.environ.get("LINLI_PAGE_CACHE") or 16)
# Where a worker has more to do than it can: what never waits behind the rest (prefixes), and what waits first.
LINLI_EMERGENCY_PATHS = ("/emergency/",)
LINLI_SEARCH_PATHS = ("/search/", "/find/")  # with a question; the empty form is a page like others
LINLI_SPARE_PATHS = ("/inbox/count/",)
LINLI_SHEDDING = os.environ.get("LINLI_SHEDDING", "1") != "0"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PORT = int(os.environ.get("PORT") or 8000)
