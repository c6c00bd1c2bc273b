"""Lock requirements/*.in into *.txt with hashes and without any registry's address: `make lock`."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OPTIONS = [
    "--universal", "--python-version", "3.12", "--generate-hashes", "--no-annotate", "--no-header",
    "--no-emit-index-url", "--quiet", "--upgrade",
]  # fmt: skip


def main() -> int:
    uv = json.loads((ROOT / ".venv" / "linli.json").read_text())["uv"]
    for name in ("uv", "run", "test"):
        files = [f"requirements/{name}.in", "-o", f"requirements/{name}.txt"]
        # The tests' set must hold exactly the versions that run.txt has.
        bound = ["--constraint", "requirements/run.txt"] if name == "test" else []
        done = subprocess.run([uv, "pip", "compile", *OPTIONS, *bound, *files], cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
