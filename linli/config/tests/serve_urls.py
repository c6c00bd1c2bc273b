"""Routes for the tests of `linli serve` only; never part of the site."""

import os
import time

from django.http import HttpResponse
from django.urls import path

from linli.common.pagecache import cached

_renders = [0]


def pid(request):
    return HttpResponse(str(os.getpid()))


def slow(request):
    time.sleep(1.5)
    return HttpResponse("finished")


def work(request):
    """A tenth of a second of waiting, as for a gateway or a database elsewhere."""
    time.sleep(0.1)
    return HttpResponse("worked")


def call(request):
    time.sleep(0.01)
    return HttpResponse("help is coming")


@cached(tags=("clock",))
def kept(request):
    _renders[0] += 1
    time.sleep(0.05)
    return HttpResponse(f"{os.getpid()} {_renders[0]}")


urlpatterns = [path("pid", pid), path("slow", slow), path("kept", kept), path("work", work), path("emergency/call", call)]
