"""Processes that end with their parent, however it ends: no orphan outlives `linli serve`."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


def end_with(parent: int) -> None:
    """Have SIGTERM sent to this process when `parent`, its parent's pid, is gone. Call it in the main thread.

    Linux does it by itself; elsewhere a thread looks once a second.
    """
    if sys.platform == "linux":
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.getppid() != parent:  # it died before we asked
        os.kill(os.getpid(), signal.SIGTERM)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
