"""Before any test: the project is importable and its translations are compiled."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tools import messages  # noqa: E402

messages.compile_all()
