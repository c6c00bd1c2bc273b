"""A small site behind the edge, and readers who ask it as browsers do."""

from __future__ import annotations

import gzip
import io
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import include, path

from linli.common import clock
from linli.common.pagecache import Edge, cached, midnight, valid_until
from linli.design import modes

RENDERED: list[str] = []
SECRETS = ("HTTP_X_CANARY", "HTTP_X_FORWARDED_HOST", "HTTP_USER_AGENT", "HTTP_REFERER", "HTTP_COOKIE", "REMOTE_ADDR")


def _page(request, text=""):
    RENDERED.append(request.get_full_path())
    return HttpResponse(f"<!doctype html><p>{text}</p>" + "。" * 200)


@cached(tags=("a",), query=("page",))
def plain(request):
    """Shows whatever it is told of its reader."""
    told = " ".join(str(request.META.get(key)) for key in SECRETS)
    who = f"{request.user} {request.modes} {request.get_host()} {request.build_absolute_uri()}"
    return _page(request, f"{told} {who} page={request.GET.get('page')} messages={len(list(messages.get_messages(request)))}")


@cached(tags=lambda n: (f"thing:{n}",))
def thing(request, n):
    time.sleep(0.05)
    return _page(request, f"thing {n}, render {len(RENDERED)}")


@cached(tags=("a",), valid_until=midnight)
def brief(request):
    valid_until(request, clock.now() + timedelta(minutes=1))
    return _page(request, clock.now().isoformat())


@cached(tags=("a",))
def with_token(request):
    return _page(request, get_token(request))


@cached(tags=("a",))
def with_form(request):
    return _page(request, '<form class="x" method="post"></form>')


@cached(tags=("a",))
def with_nonce(request):
    return _page(request, '<script nonce="abc"></script>')


@cached(tags=("a",))
def with_cookie(request):
    response = _page(request)
    response.set_cookie("canary", "1")
    return response


@cached(tags=("a",))
def with_session(request):
    return _page(request, str(request.session.get("name")))


@cached(tags=("a",))
def with_message(request):
    messages.success(request, "canary")
    return _page(request)


@cached(tags=("a",))
def for_oneself(request):
    response = _page(request)
    response["Cache-Control"] = "private"
    return response


@cached(tags=("a",))
def moved(request):
    RENDERED.append(request.get_full_path())
    return HttpResponseRedirect("/plain/")


def undeclared(request):
    return _page(request)


REFUSED = [with_token, with_form, with_nonce, with_cookie, with_session, with_message, for_oneself]
urlpatterns = [
    path("plain/", plain), path("thing/<int:n>/", thing), path("brief/", brief), path("moved/", moved),
    path("undeclared/", undeclared), path("", include("linli.config.urls")), *(path(f"{view.__name__}/", view) for view in REFUSED),
]  # fmt: skip


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        plain = gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body
        return plain.decode()


class Site:
    """An edge of its own before Django, as one process has it."""

    def __init__(self, most_bytes: int = 1 << 20, application: Any = None) -> None:
        self.edge = Edge(application or WSGIHandler(), modes.canonical, most_bytes)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "x",
            "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "testserver", "REMOTE_ADDR": "192.0.2.77",
            "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False, **headers,
        }  # fmt: skip
        seen: dict[str, Any] = {}

        def start_response(status: str, given: list[tuple[str, str]], exc_info: Any = None) -> None:
            seen.update(status=int(status[:3]), headers={key.lower(): value for key, value in given})

        answer = self.edge(environ, start_response)
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        return Answer(seen["status"], seen["headers"], body)

    def everything_kept(self) -> bytes:
        """All bytes in the store, keys and headers too."""
        parts = []
        for key, page in self.edge.store.pages.items():
            forms = [form for form in (page.plain, page.zipped) if form]
            bodies = [gzip.decompress(f.body) if f is page.zipped else f.body for f in forms]
            parts.append(repr((key, [f.headers for f in forms], page.once)).encode() + b"".join(bodies))
        return b"\n".join(parts)


def at_once(count: int, job: Any) -> list[Any]:
    """The results of so many threads that begin together."""
    barrier, results = threading.Barrier(count), [None] * count

    def run(n: int) -> None:
        from django.db import connection

        barrier.wait()
        try:
            results[n] = job(n)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
