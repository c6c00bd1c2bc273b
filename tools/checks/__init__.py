"""Checks of the source tree: each is a function that returns its findings, one line a finding.

`python -m tools.checks` prints them all; `tests/architecture/` fails on each.
"""
