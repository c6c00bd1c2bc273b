"""Static files without a second server.

After `collectstatic` an index of STATIC_ROOT is made once; only names in that index are answered, so no
path can lead out of the folder. Before it (tests, a fresh clone) the finders are asked.
"""

import gzip
import mimetypes
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.core.exceptions import SuspiciousFileOperation
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe

HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")
FOREVER = "public, max-age=31536000, immutable"
SHORT = "public, max-age=300"
TEXT = ("text/", "image/svg", "application/json", "application/manifest")
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("image/svg+xml", ".svg")
mimetypes.add_type("application/manifest+json", ".webmanifest")


class Files:
    """Where the static files of this process come from."""

    def __init__(self):
        root = Path(settings.STATIC_ROOT)
        collected = isinstance(staticfiles_storage, ManifestStaticFilesStorage) and root.is_dir()
        self.index = (
            {str(p.relative_to(root)): p for p in root.rglob("*") if p.is_file()} if collected else None
        )

    def find(self, name: str) -> Path | None:
        if self.index is not None:
            return self.index.get(name)
        try:
            found = finders.find(name) if name and not name.endswith("/") else None
        except SuspiciousFileOperation:
            return None
        return Path(found) if found and Path(found).is_file() else None

    def answer(self, request, name: str) -> HttpResponse:
        """The file, or 304, 404, 405. Hashed names may be kept for ever."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        path = self.find(name)
        if path is None:
            return HttpResponse("404", status=404, content_type="text/plain")
        changed = int(path.stat().st_mtime)
        since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
        zipped = "gzip" in request.headers.get("Accept-Encoding", "")
        unchanged = since is not None and since >= changed
        response = HttpResponseNotModified() if unchanged else _file(path, changed, zipped)
        response.headers["Last-Modified"] = http_date(changed)
        response.headers["Cache-Control"] = FOREVER if HASHED.search(name) else SHORT
        patch_vary_headers(response, ["Accept-Encoding"])
        return response


def _file(path: Path, changed: int, zipped: bool) -> HttpResponse:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    text = kind.startswith(TEXT)
    response = HttpResponse(_bytes(path, changed, zipped and text))
    response.headers["Content-Type"] = f"{kind}; charset=utf-8" if text else kind
    if zipped and text:
        response.headers["Content-Encoding"] = "gzip"
    return response


@lru_cache(maxsize=256)
def _bytes(path: Path, changed: int, zipped: bool) -> bytes:
    """The file's bytes, zipped once per version. `changed` is part of the key alone."""
    data = path.read_bytes()
    return gzip.compress(data, 9, mtime=0) if zipped else data
