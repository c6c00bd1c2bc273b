"""Backup, restore and drill: whole under load, on both databases, and honest about what is not whole."""

import io
import json
import os
import threading
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, connections

from linli.common import audit, audit_chain, clock
from linli.common.backup import BackupError, archive, book, jobs, keeping, pg, restoring, run, sealing, taking
from linli.common.models import AuditRow
from linli.config import instance

KEY = bytes(range(32))


@pytest.fixture
def place(tmp_path, settings):
    """A real instance's folder over the suite's database."""
    folder = tmp_path / "data"
    instance.create(instance.Instance(kind="real"), folder)
    settings.LINLI_DATA, settings.LINLI_INSTANCE = folder, instance.load(folder)
    (folder / "files" / "a").mkdir()
    (folder / "files" / "a" / "one.bin").write_bytes(os.urandom(3_000_000))
    return folder


class Load:
    """Others who write rows and files all the while."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.stop, self.written = folder, threading.Event(), 0
        self.threads = [threading.Thread(target=self.write, args=(n,)) for n in range(2)]

    def write(self, number: int) -> None:
        while not self.stop.is_set():
            audit.record(actor=None, action=f"load.{number}", now=clock.now(), detail={"n": self.written})
            (self.folder / "files" / f"{number}-{self.written}").write_bytes(b"x" * 1000)
            self.written += 1
        connections.close_all()

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        while self.written < 5:
            self.stop.wait(0.02)
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join()


@pytest.mark.slow
@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_a_backup_under_load_restores_to_the_same_rows_files_and_chain(place):
    sealing.write_key(place / "secrets" / "backup")
    for n in range(50):
        audit.record(actor=None, action="before", now=clock.now(), detail={"n": n})
    audit_chain.extend()
    audit_chain.write_checkpoint(clock.now(), place / "checkpoints")
    with Load(place) as load:
        before = load.written
        taken = run.back_up(clock.now())
        during = load.written
    assert during > before, "nobody was held up"
    assert taken.encrypted
    assert book.read(place).archive == str(taken.path)
    about = archive.verify(taken.path, run.key())
    assert int(about["tables"]["linli_common_auditrow"].split(":")[0]) >= 50
    assert "files/a/one.bin" in about["manifest"]
    assert "secrets/columns" in about["manifest"]
    assert "secrets/backup" not in about["manifest"]
    done = run.drill(taken.path, clock.now())
    assert done.wrong == []
    assert book.read(place).drill_at
    assert not list(place.glob(".backup-*"))


@pytest.mark.slow
@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_a_drill_tells_of_a_row_that_came_back_otherwise(place, monkeypatch):
    audit.record(actor=None, action="one", now=clock.now())
    taken = run.back_up(clock.now(), with_secrets=True)
    monkeypatch.setattr(run, "_chain", lambda *_: [])
    real = restoring.restore

    def meddled(*args, **kw):
        done = real(*args, **kw)
        done.about["tables"]["linli_common_auditrow"] = "2:abc:def"
        return done

    monkeypatch.setattr(restoring, "restore", meddled)
    done = run.drill(taken.path, clock.now())
    assert len(done.wrong) == 1
    assert book.read(place).drill_at is None


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_rows_are_put_back_into_the_live_database(place):
    audit.record(actor=None, action="kept", now=clock.now())
    taken = run.back_up(clock.now(), with_secrets=True)
    audit.record(actor=None, action="undone", now=clock.now())
    run.put_back(taken.path)
    assert list(AuditRow.objects.values_list("action", flat=True)) == ["kept"]
    audit.record(actor=None, action="later", now=clock.now())


def small(folder: Path, key: bytes | None) -> Path:
    path = folder / "x.tar.gz"
    with archive.writing(path, key, 0) as writer:
        writer.add_json(archive.ABOUT, {"tables": {}, "secrets": False, "made": "2026-01-01"})
        writer.add("files/big", io.BytesIO(os.urandom(2_500_000)), 2_500_000)
        writer.add_json("instance.json", {"kind": "real"})
    return path


@pytest.mark.parametrize("key", [None, KEY])
def test_an_archive_that_was_changed_or_cut_anywhere_is_refused(tmp_path, key):
    path = small(tmp_path, key)
    whole = path.read_bytes()
    assert archive.verify(path, key)["made"] == "2026-01-01"
    for at in (20, 60, len(whole) // 2, len(whole) - 300):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(BackupError):
            archive.verify(path, key)
    for length in (10, sealing.PIECE + sealing.TAG + 47, len(whole) // 2, len(whole) - 2000):
        path.write_bytes(whole[:length])
        with pytest.raises(BackupError):
            archive.verify(path, key)


def test_a_sealed_archive_shows_nothing_and_opens_with_its_key_alone(tmp_path):
    path = small(tmp_path, KEY)
    assert b"instance" not in path.read_bytes()
    for key in (None, bytes(32)):
        with pytest.raises(BackupError):
            archive.verify(path, key)


def test_sealed_pieces_cannot_be_swapped(tmp_path):
    out = io.BytesIO()
    sealer = sealing.Sealer(out, KEY)
    sealer.write(os.urandom(3 * sealing.PIECE))
    sealer.close()
    data, head, piece = out.getvalue(), len(sealing.MAGIC) + sealing.SALT, sealing.PIECE + sealing.TAG
    assert len(sealing.Unsealer(io.BytesIO(data), KEY).read()) == 3 * sealing.PIECE
    swapped = data[:head] + data[head + piece : head + 2 * piece] + data[head : head + piece] + data[head + 2 * piece :]
    with pytest.raises(BackupError):
        sealing.Unsealer(io.BytesIO(swapped), KEY).read()


@pytest.mark.parametrize("name", ["../out", "files/../../out", "/etc/out", "other", "files\\x"])
def test_a_name_that_leads_outside_is_refused(tmp_path, name):
    path = tmp_path / "x"
    with archive.writing(path, None, 0) as writer:
        writer.add_json(archive.ABOUT, {})
        writer.add_json(name, {})
    with pytest.raises(BackupError):
        archive.extract(path, None, tmp_path / "to")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("data", [b"", b"no archive", zipfile.__name__.encode() * 1000])
def test_what_is_no_archive_is_said_in_a_sentence(tmp_path, data):
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(BackupError):
        archive.verify(tmp_path / "x", None)
    with pytest.raises(BackupError, match="no such archive"):
        archive.verify(tmp_path / "y", None)


@pytest.mark.django_db(transaction=True)
def test_a_restore_overwrites_nothing_and_needs_the_keys(place, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the folder is the same on both")
    taken = run.back_up(clock.now())
    assert not taken.encrypted
    target = tmp_path / "new"
    with pytest.raises(BackupError, match="--secrets"):
        restoring.restore(taken.path, target, key=None, postgres=None, secrets=None)
    assert not target.exists()
    restoring.restore(taken.path, target, key=None, postgres=None, secrets=place / "secrets")
    assert (target / "files" / "a" / "one.bin").read_bytes() == (place / "files" / "a" / "one.bin").read_bytes()
    assert (target / "secrets" / "columns").stat().st_mode & 0o777 == 0o600
    assert instance.load(target).kind == "real"
    with pytest.raises(BackupError, match="overwrites nothing"):
        restoring.restore(taken.path, target, key=None, postgres=None, secrets=place / "secrets")


@pytest.mark.django_db(transaction=True)
def test_a_backup_that_cannot_be_written_is_noted_and_leaves_nothing(place, monkeypatch):
    def full(*_args, **_kw):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive.Writer, "add_path", full)
    with pytest.raises(BackupError, match="No space"):
        run.back_up(clock.now())
    assert book.read(place).failure
    assert list((place / "backups").iterdir()) == []
    assert not list(place.glob(".backup-*"))


def test_two_backups_at_once_are_refused(tmp_path):
    with taking.alone(tmp_path), pytest.raises(BackupError), taking.alone(tmp_path):
        pass


def test_kept_are_seven_days_four_weeks_and_twelve_months():
    last = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
    files = [keeping.name(last - timedelta(days=n), encrypted=n % 2 == 0) for n in range(800)]
    kept = keeping.kept([*files, "linli-other.tar.gz", "notes.txt"])
    days = sorted((last - keeping.moment(file)).days for file in kept)
    assert days[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert 18 <= len(kept) <= 7 + 4 + 12
    assert 300 < days[-1] < 365
    gone = keeping.superfluous([*files, "linli-other.tar.gz", "notes.txt"])
    assert len(gone) == len(files) - len(kept)
    assert not {"notes.txt", "linli-other.tar.gz"} & set(gone)


def test_keeping_after_every_night_never_loses_the_months():
    files: list[str] = []
    start = datetime(2025, 1, 1, 18, 30, tzinfo=UTC)
    for n in range(500):
        files.append(keeping.name(start + timedelta(days=n), encrypted=True))
        files = sorted(keeping.kept(files))
    months = {keeping.moment(file).strftime("%Y%m") for file in files}
    assert len(months) == 12


@pytest.mark.parametrize(
    ("at", "backup", "failed", "due"),
    [
        ("2026-05-02T18:31:00+00:00", "2026-05-01T18:31:00+00:00", None, True),  # 02:31 in Shanghai
        ("2026-05-02T18:29:00+00:00", "2026-05-01T18:31:00+00:00", None, False),
        ("2026-05-02T18:41:00+00:00", "2026-05-02T18:31:00+00:00", None, False),
        ("2026-05-03T09:00:00+00:00", "2026-05-01T18:31:00+00:00", None, True),  # it slept
        ("2026-05-03T09:00:00+00:00", None, "2026-05-03T08:30:00+00:00", False),
        ("2026-05-03T09:00:00+00:00", None, "2026-05-03T07:30:00+00:00", True),
    ],
)
def test_a_night_has_one_backup_and_a_failed_one_is_tried_again_after_an_hour(at, backup, failed, due):
    moments = {"backup_at": backup, "failed_at": failed}
    done = book.Book(**{name: datetime.fromisoformat(text) for name, text in moments.items() if text})
    assert jobs.due(datetime.fromisoformat(at), done, "02:30") is due
    assert jobs.due(datetime.fromisoformat(at), done, "off") is False


def test_an_address_of_a_database_goes_there_and_back():
    url = "postgresql://linli:p%40ss%2F@%2Frun%2Fx:54329/linli?sslmode=require"
    address = pg.of_url(url)
    assert address == {"user": "linli", "password": "p@ss/", "host": "/run/x", "port": "54329", "dbname": "linli", "sslmode": "require"}
    assert pg.of_url(pg.url(address)) == address


def test_a_key_file_is_its_owners_alone_and_never_overwritten(tmp_path):
    path = tmp_path / "key"
    sealing.write_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(sealing.read_key(path)) == 32
    with pytest.raises(FileExistsError):
        sealing.write_key(path)
    path.write_text(json.dumps("short"))
    with pytest.raises(BackupError):
        sealing.read_key(path)


def test_the_ticker_starts_the_nightly_backup_of_a_real_instance_once(place, settings, monkeypatch):
    started = []

    class Child:
        def __init__(self, command, **_options):
            started.append(command)

        def poll(self):
            return None

    monkeypatch.setattr(jobs.subprocess, "Popen", Child)
    jobs.nightly(clock.now())
    assert len(started) == 1
    assert started[0][-4:-1] == ["backup", "--quiet", "--parent"]
    book.note(place, backup_at=clock.now())
    jobs.nightly(clock.now())
    book.note(place, backup_at=None)
    settings.LINLI_INSTANCE = instance.Instance(kind="demo")
    jobs.nightly(clock.now())
    assert len(started) == 1
