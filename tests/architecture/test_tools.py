"""The tools that build what is not tracked."""

import os
from pathlib import Path

import polib
import pytest

from tools import messages
from tools.browser import fetch

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "门"\nmsgstr "Door"\n'


def _catalogue(root: Path) -> Path:
    po = root / "linli/areas/locale/en/LC_MESSAGES/django.po"
    po.parent.mkdir(parents=True)
    po.write_text(PO, encoding="utf-8")
    return po


def test_translations_are_compiled_once_and_again_when_their_source_changes(tmp_path):
    po = _catalogue(tmp_path)
    assert messages.compile_all(tmp_path) == 1
    assert messages.compile_all(tmp_path) == 0
    later = po.with_suffix(".mo").stat().st_mtime + 5
    os.utime(po, (later, later))
    assert messages.compile_all(tmp_path) == 1
    assert polib.mofile(str(po.with_suffix(".mo"))).find("门").msgstr == "Door"


def test_a_checker_with_another_content_than_expected_is_refused(tmp_path, monkeypatch):
    def pack(command, *, cwd, **_):
        (Path(cwd) / "axe-core.tgz").write_bytes(b"something else")
        return type("Done", (), {"returncode": 0, "stderr": ""})()

    monkeypatch.setattr(fetch.subprocess, "run", pack)
    monkeypatch.setattr(fetch.shutil, "which", lambda name: name)
    with pytest.raises(ValueError, match="SHA-256"):
        fetch._fetch(fetch.AXE, tmp_path / "axe.js")


def test_without_npm_the_message_names_what_is_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(fetch.shutil, "which", lambda name: None)
    with pytest.raises(fetch.Missing, match=r"axe-core 4\.14\.1"):
        fetch._fetch(fetch.AXE, tmp_path / "axe.js")
