"""Routes for the tests of `linli serve` only; never part of the site."""

import os
import time

from django.http import HttpResponse
from django.urls import path


def pid(request):
    return HttpResponse(str(os.getpid()))


def slow(request):
    time.sleep(1.5)
    return HttpResponse("finished")


urlpatterns = [path("pid", pid), path("slow", slow)]
