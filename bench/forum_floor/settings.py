"""As little Django as a forum with sign-in has: the seven standard layers over its own tables; SQLite set as ours."""

from pathlib import Path

from bench.floor.settings import *  # noqa: F403
from bench.floor.settings import DATABASES, FOLDER

ROOT_URLCONF = "bench.forum_floor.views"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "bench.forum_floor"]
AUTH_USER_MODEL = "forum_floor.User"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {"environment": "bench.forum_floor.views.environment"},
    },
]
DATABASES["default"]["NAME"] = FOLDER / "forum_floor.sqlite3"
