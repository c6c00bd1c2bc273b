"""Misago's own development project with debugging off, PostgreSQL with kept connections and Redis for its cache."""

import os
import sys
import types

sys.modules.setdefault("debug_toolbar", types.ModuleType("debug_toolbar"))
from devproject.settings import *  # noqa: E402, F403
from devproject.settings import INSTALLED_APPS, MIDDLEWARE  # noqa: E402

DEBUG = False
INSTALLED_APPS = [name for name in INSTALLED_APPS if name != "debug_toolbar"]
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("debug_toolbar")]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql", "NAME": os.environ["PEER_DATABASE"], "USER": "linli", "HOST": os.environ["PEER_SOCKET"],
        "PORT": os.environ["PEER_PORT"], "CONN_MAX_AGE": 600,
    }
}  # fmt: skip
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": f"unix://{os.environ['PEER_REDIS']}?db=1"}}
CELERY_BROKER_URL = f"redis+socket://{os.environ['PEER_REDIS']}?virtual_host=2"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
