"""New code for an instance, wholly or not at all. Standard library only: it is copied out of the code that it
replaces and run by the interpreter below the environment that it replaces.

    python update.py PLAN.json           go through with it; undone by itself where a step fails
    python update.py PLAN.json --undo    undo one that was cut off

Changes are refused with 503 from before the backup until the end, so that going back to it loses nothing that
anybody was told is done.
"""

import json
import os
import shutil
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

KEEP = {".venv", ".git", "build", "var"}
RELOAD = 90.0


class Failed(Exception):
    """A step failed; the message is for people."""


def say(text):
    print("  " + text, flush=True)  # noqa: T201 - it speaks to whoever runs it


class Update:
    """One update. What is done is noted in the plan after every step, so that it can be undone from outside."""

    def __init__(self, path):
        self.path = path
        self.plan = json.loads(path.read_text(encoding="utf-8"))
        self.root, self.data = Path(self.plan["root"]), Path(self.plan["data"])
        self.kept = self.root / "build" / "previous"
        self.venv, self.kept_venv = self.root / ".venv", self.root / "build" / "venv.previous"

    def note(self, **changes):
        self.plan.update(changes)
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(self.plan, indent=1), encoding="utf-8")
        new.replace(self.path)

    # ---- running things

    def run(self, command, what):
        done = subprocess.run(
            [str(part) for part in command], cwd=str(self.root), env={**os.environ, "LINLI_DATA": str(self.data)},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
        )  # fmt: skip
        if done.returncode:
            tail = "\n    ".join(done.stdout.strip().splitlines()[-8:])
            raise Failed(f"{what} 失败 · failed\n    {tail}")
        return done.stdout

    def linli(self, *words, what):
        return self.run([self.plan["python"], "-m", "linli.config.cli", *words], what)

    def git(self, *words):
        return self.run(["git", "-C", self.root, *words], "git " + words[0]).strip()

    # ---- the steps

    def go(self):
        steps = [
            (self.back_up, "备份 · backup"),
            (self.keep, "留下旧版本 · keeping the old version"),
            (self.new_code, "换上新代码 · new code"),
            (self.packages, "软件包 · packages"),
            (self.prepare, "数据表 · tables"),
            (self.check, "检查 · check"),
            (self.reload, "重新载入 · reload"),
        ]
        try:
            for step, what in steps:
                started = time.monotonic()
                step()
                say(f"✓ {what} ({time.monotonic() - started:.1f} s)")
        except (Failed, OSError, KeyboardInterrupt, subprocess.SubprocessError) as error:
            say(f"✗ {what}：{error or '被打断 · interrupted'}")
            self.undo()
            return 1
        self.end()
        say("更新完成 · updated")
        return 0

    def back_up(self):
        (self.data / "paused").touch()
        self.note(paused=True, wrong=self.wrong())
        time.sleep(self.plan.get("settle", 5))  # requests that were let in before finish
        self.linli("backup", "--quiet", "--with-secrets", what="备份 · backup")
        self.note(archive=json.loads((self.data / "backups.json").read_text(encoding="utf-8"))["archive"])

    def keep(self):
        for old in (self.kept, self.kept_venv):
            shutil.rmtree(str(old), ignore_errors=True)
        self.kept.mkdir(parents=True)
        if self.venv.is_dir():
            shutil.copytree(str(self.venv), str(self.kept_venv), symlinks=True)
        if self.plan["from"]:
            return
        if self.git("status", "--porcelain", "--untracked-files=no"):
            raise Failed("代码文件夹里有没提交的改动 · the code folder has uncommitted changes")
        self.note(commit=self.git("rev-parse", "HEAD"), branch=self.git("rev-parse", "--abbrev-ref", "HEAD"))

    def new_code(self):
        self.note(code_touched=True)
        if self.plan["from"]:
            self.move_in(Path(self.plan["from"]))
        elif self.plan["ref"]:
            self.git("fetch", "--tags", "--quiet")
            self.git("checkout", "--quiet", "--detach", self.plan["ref"])
        else:
            self.git("pull", "--ff-only", "--quiet")

    def ours(self):
        """The top entries of the code folder that belong to the code."""
        keep = KEEP | ({self.data.relative_to(self.root).parts[0]} if self.root in self.data.parents else set())
        return sorted(path for path in self.root.iterdir() if path.name not in keep)

    def move_in(self, release):
        self.note(names=[path.name for path in self.ours()])
        for path in self.ours():
            path.rename(self.kept / path.name)
        for path in sorted(release.iterdir()):
            if path.name in KEEP:
                continue
            if path.is_dir():
                shutil.copytree(str(path), str(self.root / path.name), symlinks=True)
            else:
                shutil.copy2(str(path), str(self.root / path.name))

    def packages(self):
        self.run([sys.executable, "bootstrap.py", "run"], "软件包 · packages")

    def prepare(self):
        self.note(tables_touched=True)
        self.linli("prepare", what="数据表 · tables")

    def wrong(self):
        return json.loads(self.linli("update", "--check", what="检查 · check").strip().splitlines()[-1])

    def check(self):
        new = sorted(set(self.wrong()) - set(self.plan["wrong"]))
        if new:
            raise Failed(f"更新后不对了 · no longer well: {', '.join(new)}")

    def reload(self):
        """The running server on the new code, every worker of it."""
        server = self.server()
        if server is None:
            say("网站没有在运行，不用载入 · the site is not running")
            return
        since = time.time()
        self.note(reloaded=True)
        os.kill(server["pid"], signal.SIGHUP)
        deadline, good = time.monotonic() + self.plan.get("reload", RELOAD), 0
        while good < 6:
            if time.monotonic() > deadline:
                raise Failed("网站没有用新代码起来，看 log/linli.log · the site did not come up with the new code")
            good = good + 1 if self.is_new(server, since) else 0
            time.sleep(0.2)

    def server(self):
        try:
            server = json.loads((self.data / "run" / "serve.json").read_text(encoding="utf-8"))
            os.kill(server["pid"], 0)
        except (OSError, ValueError):
            return None
        return server

    def is_new(self, server, since):
        """Whether an answer came from a worker that was started after the reload and that has its database."""
        host = f"{'https' if server['tls'] else 'http'}://127.0.0.1:{server['port']}"
        unproved = ssl._create_unverified_context()  # noqa: S323 - this machine itself, whatever its certificate's name
        try:
            with urllib.request.urlopen(host + "/healthz", timeout=5, context=unproved) as answer:  # noqa: S310
                if float(answer.headers.get("X-Linli-Started") or 0) < since:
                    return False
            urllib.request.urlopen(host + "/readyz", timeout=5, context=unproved).close()  # noqa: S310
        except urllib.error.HTTPError as error:
            return b"worker" in error.read()  # it waits, as it was asked to
        except (OSError, ValueError):
            return False
        return True

    # ---- back again

    def undo(self):
        """The old code, packages and tables."""
        say("正在退回原来的版本 · going back to the version before")
        plan, wrong = self.plan, []
        for what, wanted, step in (
            ("代码 · code", plan.get("code_touched"), self.old_code),
            ("软件包 · packages", self.kept_venv.is_dir(), self.old_packages),
            ("数据 · data", plan.get("tables_touched"), self.old_tables),
            ("重新载入 · reload", plan.get("reloaded"), self.old_reload),
        ):
            if not wanted:
                continue
            try:
                step()
                say(f"✓ {what}")
            except (Failed, OSError, subprocess.SubprocessError) as error:
                wrong.append(what)
                say(f"✗ {what}：{error}")
        if wrong:
            say(f"没能全部退回，网站仍只读；备份在 · not wholly undone, the site stays read-only; the backup is {plan.get('archive')}")
            return
        self.end()
        say("已退回，什么也没丢 · back as before, nothing is lost")

    def old_code(self):
        if self.plan["from"]:
            for path in self.ours():
                if (self.kept / path.name).exists() or path.name not in self.plan["names"]:  # of the new release
                    shutil.rmtree(str(path)) if path.is_dir() and not path.is_symlink() else path.unlink()
            for path in sorted(self.kept.iterdir()):
                path.rename(self.root / path.name)
            return
        branch = self.plan.get("branch")
        if branch and branch != "HEAD":
            self.git("checkout", "--quiet", branch)
            self.git("reset", "--quiet", "--keep", self.plan["commit"])
        else:
            self.git("checkout", "--quiet", "--detach", self.plan["commit"])

    def old_packages(self):
        failed = self.root / "build" / "venv.failed"
        shutil.rmtree(str(failed), ignore_errors=True)
        self.venv.rename(failed)
        self.kept_venv.rename(self.venv)
        shutil.rmtree(str(failed), ignore_errors=True)

    def old_tables(self):
        self.linli("restore", "--in-place", self.plan["archive"], what="数据 · data")
        self.linli("prepare", what="数据表 · tables")

    def old_reload(self):
        server = self.server()
        if server:
            os.kill(server["pid"], signal.SIGHUP)

    def end(self):
        (self.data / "paused").unlink(missing_ok=True)
        for old in (self.kept, self.kept_venv):
            shutil.rmtree(str(old), ignore_errors=True)
        self.note(ended=True)


def main(arguments):
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    update = Update(Path(arguments[0]))
    if "--undo" not in arguments:
        return update.go()
    if update.plan.get("ended"):
        say("没有中断的更新 · no update was cut off")
        return 1
    update.undo()
    return 0 if update.plan.get("ended") else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
