"""`make bench`, or `python -m bench areas`: run the benchmarks and print a table; a missed goal is exit code 1."""

from __future__ import annotations

import importlib
import sys

SUBJECTS = ("areas", "search", "ticker")


def main(wanted: list[str]) -> int:
    missed = 0
    for name in wanted or SUBJECTS:
        for figure in importlib.import_module(f"bench.{name}").run():
            goal = "" if figure.at_most is None else f"  (at most {figure.at_most:g}: {'yes' if figure.good else 'NO'})"
            print(f"{name:10} {figure.what:48} {figure.value:10,.1f} {figure.unit}{goal}", flush=True)
            missed += not figure.good
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
