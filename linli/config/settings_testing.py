"""Settings of the test suite: a throw-away data folder, SQLite in memory or the cluster in LINLI_DATABASE."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from linli.config import instance

_folder = Path(os.environ.get("LINLI_TEST_DATA") or tempfile.mkdtemp(prefix="linli-test-"))
if not os.environ.get("LINLI_TEST_DATA"):
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["LINLI_DATA"] = str(_folder)
if instance.load(_folder) is None:
    instance.create(instance.Instance(kind="demo", name="测试", hosts=["*"]), _folder)

from .settings import *  # noqa: E402, F403
from .settings.database import DATABASES  # noqa: E402

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
LINLI_PAGE_CACHE = 0  # what one test leaves behind is not for the next; the cache has tests of its own
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": _folder / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}
