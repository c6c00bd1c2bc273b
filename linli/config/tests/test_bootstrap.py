"""The set-up from nothing: which interpreter it takes, when it does nothing, what it tells a person."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from linli.config import instance

SOURCE = instance.SOURCE
spec = importlib.util.spec_from_file_location("bootstrap", SOURCE / "bootstrap.py")
bootstrap = importlib.util.module_from_spec(spec)
spec.loader.exec_module(bootstrap)


def fake(path: Path, answer: str, code: int = 0) -> str:
    """An interpreter that says what it is told."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho {answer}\nexit {code}\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    """No interpreter but those that the test makes."""
    monkeypatch.setattr(bootstrap.sys, "executable", str(tmp_path / "none"))
    return {"PATH": str(tmp_path / "bin")}


def test_a_shim_that_exists_but_fails_is_passed_over(nowhere, tmp_path):
    fake(tmp_path / "bin/python3.14", "no such version", 127)
    good = fake(tmp_path / "bin/python3.13", "3.13.1")
    assert bootstrap.find_python(nowhere, tmp_path) == (good, "3.13.1")


def test_the_interpreter_named_in_PYTHON_comes_first(nowhere, tmp_path):
    fake(tmp_path / "bin/python3.14", "3.14.0")
    mine = fake(tmp_path / "mine", "3.12.4")
    assert bootstrap.find_python({**nowhere, "PYTHON": mine}, tmp_path) == (mine, "3.12.4")


def test_an_unusable_PYTHON_is_said_and_the_search_goes_on(nowhere, tmp_path, capsys):
    good = fake(tmp_path / "bin/python3.12", "3.12.0")
    assert bootstrap.find_python({**nowhere, "PYTHON": "/nowhere/python"}, tmp_path) == (good, "3.12.0")
    assert "$PYTHON=/nowhere/python" in capsys.readouterr().out


def test_of_pyenvs_versions_the_newest_comes_first(nowhere, tmp_path):
    versions = tmp_path / ".pyenv/versions"
    fake(versions / "3.9.18/bin/python", "", 1)
    fake(versions / "3.12.9/bin/python", "3.12.9")
    newest = fake(versions / "3.12.10/bin/python", "3.12.10")
    assert bootstrap.find_python(nowhere, tmp_path) == (newest, "3.12.10")


def test_nothing_usable_is_left_to_uv(nowhere, tmp_path):
    fake(tmp_path / "bin/python3.12", "3.11.9", 1)
    assert bootstrap.find_python(nowhere, tmp_path) is None


def test_a_real_interpreter_is_recognised():
    assert re.match(r"3\.1[2-9]", bootstrap.probe(sys.executable))


def test_an_environment_made_for_tests_also_serves_run():
    assert bootstrap.wanted("run", {"set": "test"})[0] == "test"
    assert bootstrap.wanted("run", {})[0] == "run"
    assert bootstrap.wanted("test", {"set": "run"})[0] == "test"


def pins(name: str) -> dict[str, str]:
    text = (SOURCE / "requirements" / name).read_text()
    return dict(re.findall(r"^([\w.-]+(?:\[\w+\])?)==(\S+)", text, re.M))


def test_the_tests_set_holds_exactly_what_run_has():
    assert pins("run.txt").items() <= pins("test.txt").items()


def test_every_locked_package_has_a_hash_and_no_address():
    for name in ("uv.txt", "run.txt", "test.txt"):
        text = (SOURCE / "requirements" / name).read_text()
        assert "://" not in text
        blocks = re.split(r"^(?=\S)", text, flags=re.M)
        assert all("--hash=sha256:" in block for block in blocks if "==" in block)


def test_a_moved_environment_is_not_trusted(tmp_path, monkeypatch):
    python = tmp_path / "bin" / "python"
    fake(python, "3.13.0")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / "linli.json")
    monkeypatch.setattr(bootstrap, "PYTHON", python)
    bootstrap.STAMP.write_text(json.dumps({"root": "/elsewhere", "set": "run"}))
    assert bootstrap.read_stamp() == {}
    bootstrap.STAMP.write_text(json.dumps({"root": str(bootstrap.ROOT), "set": "run"}))
    assert bootstrap.read_stamp()["set"] == "run"


def test_without_any_pip_the_one_command_that_helps_is_printed(tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap, "BUILD", tmp_path)
    monkeypatch.setattr(bootstrap, "pips", lambda pythons: iter(()))
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000)
    with pytest.raises(bootstrap.Stop, match="sudo apt-get install -y python3-venv"):
        bootstrap.find_uv(None)


def test_it_needs_only_the_grammar_and_library_of_python_3_9():
    old = [path for path in candidates_of_old() if subprocess.run([path, "-V"], check=False, capture_output=True).returncode == 0]
    if not old:
        pytest.skip("no python3.9 or 3.10 here")
    done = subprocess.run([old[0], str(SOURCE / "bootstrap.py")], capture_output=True, text=True, check=False)
    assert (done.returncode, "stdlib" in done.stdout or "python3 >= 3.9" in done.stdout) == (2, True)


def candidates_of_old() -> list[str]:
    pyenv = Path.home() / ".pyenv" / "versions"
    found = [str(path) for version in ("3.9", "3.10") for path in pyenv.glob(f"{version}.*/bin/python")]
    folders = os.environ.get("PATH", "").split(os.pathsep)
    return found + [f"{folder}/{name}" for name in ("python3.9", "python3.10") for folder in folders if os.access(f"{folder}/{name}", os.X_OK)]
