"""Hostile files are refused before they take memory: measured in a process of its own."""

import json
import subprocess
import sys

import pytest

from . import factories
from .factories import archive, picture

PROGRAM = """
import io, json, pathlib, sys
import django
django.setup()
from linli.common.errors import UserError
from linli.files import pictures, rules
small = open(sys.argv[1], "rb").read()
def take(content):
    stream = io.BytesIO(content)
    try:
        if rules.tell_type(stream, len(content)) == rules.Type.PICTURE:
            pictures.make_anew(stream)
        return "kept"
    except UserError:
        return "refused"
def peak():
    lines = pathlib.Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
take(small)
found = {}
for path in sys.argv[2:]:
    content = open(path, "rb").read()
    pathlib.Path("/proc/self/clear_refs").write_text("5")
    before = peak()
    said = take(content)
    found[path.rsplit("/", 1)[-1]] = [said, (peak() - before) // 1024]
print(json.dumps(found))
"""


def weighed(tmp_path, files):
    paths = []
    for name, content in {"small": picture(50, 50), **files}.items():
        (tmp_path / name).write_bytes(content)
        paths.append(str(tmp_path / name))
    environment = {"DJANGO_SETTINGS_MODULE": "linli.config.settings_testing", "PATH": "", "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", PROGRAM, *paths], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
def test_bombs_and_polyglots_are_refused_without_growth(tmp_path):
    found = weighed(
        tmp_path,
        {
            "144-megapixels": factories.huge_png(),
            "wide": factories.huge_png(200_000, 8),
            "comment-of-300-MB": factories.text_bomb(),
            "archive-bomb": archive({"a": b"0" * 100_000_000}),
            "jpeg-zip": picture(60, 60) + archive({"x": b"1"}),
        },
    )
    assert {said for said, _grown in found.values()} == {"refused"}, found
    assert all(grown <= 12 for _said, grown in found.values()), found  # MiB


@pytest.mark.slow
def test_the_largest_picture_that_is_kept_fits_into_memory(tmp_path):
    found = weighed(tmp_path, {"JPEG": picture(6000, 4000), "PNG": factories.huge_png(6000, 4000)})
    assert {said for said, _grown in found.values()} == {"kept"}, found
    assert all(grown <= 200 for _said, grown in found.values()), found  # MiB
