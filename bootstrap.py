#!/usr/bin/env python3
"""Make .venv ready with nothing but a python3 >= 3.9, then run a command in it.

    python3 bootstrap.py run  -- -m linli.config.cli demo --serve
    python3 bootstrap.py test -- -m tools.suite

`run` needs requirements/run.txt, `test` requirements/test.txt (which contains the former, so that an
environment once made for tests serves both and nothing is installed twice). Every finished step leaves
its stamp, a hash of what it read, in .venv/linli.json: a second run only compares the stamps.

Order of the search for an interpreter >= 3.12: $PYTHON; python3.14 ... python3.12 on the path; the one
that runs this file; pyenv's versions, newest first; whatever uv finds or downloads. Each is tried by
running it, since the shims of version managers may be there and fail.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "linli.json"
BUILD = ROOT / "build"
REQUIREMENTS = ROOT / "requirements"
NAMES = ("python3.14", "python3.13", "python3.12")
# An interpreter built without one of these modules would fail much later, with a riddle.
PROBE = "import sys,ssl,sqlite3,ctypes,zlib; print('%d.%d.%d'%sys.version_info[:3]); sys.exit(sys.version_info<(3,12))"
NO_PYTHON = (
    "找不到 Python ≥ 3.12，也下载不了。请装好一个，再运行 · no Python >= 3.12 here and none to download; install one, then\n\n"
    "    PYTHON=/path/to/python3.13 make run\n"
)


class Stop(Exception):
    """The set-up cannot go on; the message tells a person what to do."""


def say(text):
    """One line a step, Chinese and English."""
    print("  " + text, flush=True)


def probe(python):
    """The version of an interpreter that runs and is new enough, else None."""
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        done = subprocess.run([str(python), "-c", PROBE], capture_output=True, text=True, timeout=20, check=False)
        if done.returncode == 0:
            return done.stdout.strip()
    return None


def candidates(environ, home):
    """Interpreters worth trying, best first, each once."""
    found = [environ.get("PYTHON")]
    for name in NAMES:
        for folder in environ.get("PATH", "").split(os.pathsep):
            path = Path(folder or ".") / name
            if os.access(str(path), os.X_OK):
                found.append(str(path))
    found.append(sys.executable)
    versions = (home / ".pyenv" / "versions").glob("*/bin/python")
    numbered = [([int(n) for n in re.findall(r"\d+", path.parts[-3])], str(path)) for path in versions]
    found += [path for _, path in sorted(numbered, reverse=True)]
    return list(dict.fromkeys(path for path in found if path))


def find_python(environ, home):
    """(path, version) of the first candidate that works, or None."""
    for path in candidates(environ, home):
        version = probe(path)
        if version:
            return path, version
        if path == environ.get("PYTHON"):
            say(f"$PYTHON={path} 不能用（需要 ≥ 3.12） · cannot be used, it must be Python >= 3.12")
    return None


def run(command, what):
    """Run a command; on failure stop with its last lines."""
    tty = sys.stderr.isatty()
    done = subprocess.run(
        [str(part) for part in command], cwd=str(ROOT), text=True, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=None if tty else subprocess.PIPE,
    )  # fmt: skip
    if done.returncode:
        tail = "\n".join(((done.stdout or "") + (done.stderr or "")).strip().splitlines()[-12:])
        raise Stop(f"{what} 失败 · failed\n{tail}")


def digest(*names):
    """A hash over files of the repository."""
    total = hashlib.sha256()
    for name in names:
        total.update((ROOT / name).read_bytes())
    return total.hexdigest()[:16]


def pip_hint():
    """The one command that gives this machine pip."""
    for tool, command in (
        ("apt-get", "apt-get update && apt-get install -y python3-venv python3-pip"),
        ("dnf", "dnf install -y python3-pip"),
        ("zypper", "zypper install -y python3-pip"),
        ("apk", "apk add py3-pip"),
        ("pacman", "pacman -S --noconfirm python-pip"),
    ):
        if shutil.which(tool):
            sudo = "" if os.geteuid() == 0 else "sudo "
            return " && ".join(sudo + part for part in command.split(" && "))
    return f"{sys.executable} -m ensurepip --user"


def pips(pythons):
    """Commands that are a working pip: of these interpreters, or made with ensurepip."""
    def works(command):
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            return subprocess.run([*command, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
        return False

    for python in pythons:
        if works([python, "-m", "pip"]):
            yield [python, "-m", "pip"]
    for python in pythons:
        folder = BUILD / "pip"
        shutil.rmtree(str(folder), ignore_errors=True)
        made = subprocess.run([python, "-m", "venv", str(folder)], capture_output=True, check=False)
        if made.returncode == 0 and works([str(folder / "bin" / "python"), "-m", "pip"]):
            yield [str(folder / "bin" / "python"), "-m", "pip"]


def find_uv(python):
    """The pinned uv, installed with its hash checked into build/ where it is not yet there."""
    folder = BUILD / ("uv-" + digest("requirements/uv.txt"))
    uv = folder / "bin" / "uv"
    if uv.exists():
        return uv
    BUILD.mkdir(exist_ok=True)
    new = BUILD / "uv.new"
    problem = None
    ours = [path for path in (python, sys.executable, shutil.which("python3"), "/usr/bin/python3") if path]
    for pip in pips(list(dict.fromkeys(ours))):
        shutil.rmtree(str(new), ignore_errors=True)
        command = [*pip, "install", "--quiet", "--no-input", "--disable-pip-version-check", "--require-hashes"]
        command += ["--only-binary", ":all:", "--no-deps", "--target", new, "-r", REQUIREMENTS / "uv.txt"]
        try:
            run(command, "安装 uv · installing uv")
        except Stop as error:
            problem = error
            continue
        shutil.rmtree(str(folder), ignore_errors=True)
        new.rename(folder)
        say("uv 已安装，校验和相符 · installed, checksum verified")
        return uv
    if shutil.which("uv"):
        say("没有 pip，使用本机的 uv · no pip here, using the machine's own uv")
        return Path(shutil.which("uv"))
    raise problem or Stop(f"这台机器没有 pip，请先运行 · this machine has no pip, please run first:\n\n    {pip_hint()}\n")


def read_stamp():
    """What the last set-up did; empty where the environment is unusable or was moved."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if stamp.get("root") == str(ROOT) and PYTHON.exists() else {}


def write_stamp(stamp):
    new = STAMP.with_suffix(".new")
    new.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    new.replace(STAMP)


def wanted(kind, stamp):
    """(set, hash) that the environment must hold. Where the tests' set was installed it is kept."""
    kind = "test" if "test" in (kind, stamp.get("set")) else "run"
    return kind, digest(f"requirements/{kind}.txt")


def make_venv(stamp):
    """An empty environment with the interpreter found, unless there is a good one."""
    if probe(PYTHON) and (stamp or not STAMP.exists()):
        return find_uv(str(PYTHON))
    found = find_python(os.environ, Path.home())
    uv = find_uv(found[0] if found else None)
    say(f"Python {found[1]} · {found[0]}" if found else "Python：交给 uv 寻找或下载 · left to uv to find or download")
    try:
        run([uv, "venv", "--quiet", "--clear", "--python", found[0] if found else ">=3.12,<3.15", VENV], ".venv")
    except Stop as error:
        raise error if found else Stop(f"{error}\n\n{NO_PYTHON}") from error
    return uv


def set_up(kind):
    """Bring .venv to what `kind` asks for; does nothing where the stamps agree."""
    stamp = read_stamp()
    packages = list(wanted(kind, stamp))
    itself = digest("pyproject.toml")
    if stamp.get("packages") != packages or stamp.get("self") != itself:
        uv = make_venv(stamp)
        if stamp.get("packages") != packages:
            started = time.monotonic()
            names = len(re.findall(r"^\S+==", (REQUIREMENTS / f"{packages[0]}.txt").read_text(encoding="utf-8"), re.M))
            say(f"安装 {names} 个软件包，逐一校验 · installing {names} packages, each by its hash …")
            run([uv, "pip", "sync", "--python", PYTHON, "--require-hashes", REQUIREMENTS / f"{packages[0]}.txt"],
                "安装软件包 · installing packages")  # fmt: skip
            say(f"软件包已齐 · packages ready ({time.monotonic() - started:.1f} s)")
        run([uv, "pip", "install", "--python", PYTHON, "--quiet", "--no-deps", "--no-build-isolation",
             "--config-settings", "editable_mode=compat", "--editable", ROOT], "linli")  # fmt: skip
        say("linli 命令已就位 · the linli command is in .venv/bin")
        stamp = {"root": str(ROOT), "set": packages[0], "packages": packages, "self": itself, "uv": str(uv)}
        write_stamp(stamp)
    compile_messages()


def compile_messages():
    """Compile translations where a .po is newer than its .mo."""
    for source in ROOT.glob("linli/*/locale/*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            run([PYTHON, "-m", "tools.messages"], "译文 · translations")
            say("译文已编译 · translations compiled")
            return


@contextlib.contextmanager
def alone():
    """Two set-ups at once wait for each other."""
    import fcntl

    BUILD.mkdir(exist_ok=True)
    with (BUILD / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def main(arguments):
    os.environ.setdefault("LINLI_STARTED", repr(time.monotonic()))
    kind, rest = arguments[0] if arguments else "", arguments[1:]
    if kind not in ("run", "test"):
        print(__doc__)
        return 2
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    try:
        with alone():
            set_up(kind)
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 1
    command = rest[1:] if rest[:1] == ["--"] else rest
    if command:
        os.execv(str(PYTHON), [str(PYTHON), *command])  # noqa: S606
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
