"""What a fault needs from the machine, and why it is left out where that is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from .clocks import FAKETIME
from .disk import FIU, NoMount, small_disk


def compiler() -> str:
    """Empty where all is there, else what is missing; so with all of these."""
    return "" if shutil.which("cc") else "no C compiler (apt-get install gcc libc6-dev)"


def libfiu() -> str:
    return "" if FIU.exists() else "no libfiu (apt-get install libfiu0 fiu-utils)"


def faketime() -> str:
    return "" if FAKETIME.exists() else "no libfaketime (apt-get install libfaketime)"


def mount() -> str:
    with tempfile.TemporaryDirectory() as folder:
        try:
            with small_disk(Path(folder) / "disk", 1 << 20):
                return ""
        except (NoMount, OSError, subprocess.SubprocessError) as error:
            return str(error)


def may_be_left_out() -> bool:
    """With CI=true nothing may; but where nobody can mount, no package helps."""
    return os.environ.get("CI") != "true"
