"""Turns libfiu's failures on and off in a running process, as a control file says.

libfiu's own remote control is lost in a forked worker, and failures from the first moment on would only test the
start of Python. The file holds lines of `point probability`.
"""

from __future__ import annotations

import ctypes
import errno
import threading
import time
from pathlib import Path

PAUSE = 0.03


def watch(control: str) -> None:
    """Follow the file from a thread of this process; nothing happens where libfiu is not loaded."""
    try:
        libfiu = ctypes.CDLL("libfiu.so.0")
    except OSError:
        return
    libfiu.fiu_enable_random.argtypes = [
        ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint, ctypes.c_float,
    ]  # fmt: skip
    threading.Thread(target=_follow, args=(libfiu, Path(control)), daemon=True).start()


def _follow(libfiu: ctypes.CDLL, path: Path) -> None:
    seen, points = 0, []
    while True:
        time.sleep(PAUSE)
        try:
            changed = path.stat().st_mtime_ns
            text = path.read_text() if changed != seen else None
        except OSError:  # our own read may be the one that fails
            continue
        if text is None:
            continue
        seen = changed
        for point in points:
            libfiu.fiu_disable(point)
        points = []
        for line in text.splitlines():
            point, probability = line.split()
            points.append(point.encode())
            libfiu.fiu_enable_random(points[-1], 1, errno.EIO, 0, float(probability))
