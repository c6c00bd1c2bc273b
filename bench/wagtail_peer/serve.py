"""The peer on the same Granian as Linli: `python -m bench.wagtail_peer.serve FD WORKERS`, started by the benchmark."""

import multiprocessing
import os
import sys
from functools import partial

from linli.config import family, web


def load(parent: int, _target: str):
    family.end_with(parent)
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.wagtail_peer.settings"
    multiprocessing.set_start_method("fork")
    web.make(int(sys.argv[1]), int(sys.argv[2])).serve(target_loader=partial(load, os.getpid()))
