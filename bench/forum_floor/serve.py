"""The forum's floor on the same Granian as Linli: `python -m bench.forum_floor.serve FD WORKERS`, started by the benchmark."""

import multiprocessing
import os
import sys
from functools import partial

from bench.floor.serve import load
from linli.config import web

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.forum_floor.settings"
    multiprocessing.set_start_method("fork")
    web.make(int(sys.argv[1]), int(sys.argv[2])).serve(target_loader=partial(load, os.getpid()))
