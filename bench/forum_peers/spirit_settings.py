"""The production settings of Spirit's own project template, on PostgreSQL with kept connections."""

import os
from pathlib import Path

import spirit

_base = Path(spirit.__file__).parent / "extra" / "project_template" / "project_name" / "settings" / "base.py"
exec(compile(_base.read_text().replace("{{ project_name }}", "bench"), str(Path(os.environ["PEER_DATA"]) / "spirit" / "a" / "b.py"), "exec"))  # noqa: S102
BASE_DIR = Path(os.environ["PEER_DATA"]) / "spirit-data"
BASE_DIR.mkdir(exist_ok=True)
DEBUG = False
SECRET_KEY = "the peer has no secrets"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "bench.forum_peers.spirit_urls"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql", "NAME": os.environ["PEER_DATABASE"], "USER": "linli", "HOST": os.environ["PEER_SOCKET"],
        "PORT": os.environ["PEER_PORT"], "CONN_MAX_AGE": 600,
    }
}  # fmt: skip
STATIC_ROOT, MEDIA_ROOT = BASE_DIR / "static", BASE_DIR / "media"
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"  # noqa: F821
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.whoosh_backend.WhooshEngine", "PATH": str(BASE_DIR / "st_search")}}
LOGGING = {"version": 1}
ST_SITE_URL = "http://127.0.0.1/"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
