"""Ten troubles are planted, and each is found and said in words that tell what to do."""

import sqlite3
from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.utils import translation

from linli.common import audit, clock, doctor
from linli.common.backup import book, run, sealing
from linli.common.doctor import checks, machine
from linli.common.models import Job
from linli.common.ops import health
from linli.config import instance
from linli.gateways import doctor as gateway_doctor
from linli.gateways.api import Kind, send_sms
from linli.gateways.models import OutgoingMessage

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def healthy(tmp_path, settings, monkeypatch, db):
    """A real instance that lacks nothing."""
    folder = tmp_path / "data"
    instance.create(instance.Instance(kind="real", origin="https://linli.example.cn"), folder)
    settings.LINLI_DATA, settings.LINLI_INSTANCE = folder, instance.load(folder)
    sealing.write_key(folder / "secrets" / "backup")
    (folder / "backups").mkdir()
    (folder / "backups" / "x").touch()
    book.note(folder, backup_at=NOW, archive=str(folder / "backups" / "x"), encrypted=True, drill_at=NOW)
    Job.objects.create(name="linli.x.job", due=NOW + timedelta(seconds=20), last_ok=NOW - timedelta(seconds=5))
    monkeypatch.setattr(machine, "disk_usage", lambda _: (90 * 10**9, 100 * 10**9))
    monkeypatch.setattr(machine, "synchronised", lambda: True)
    monkeypatch.setattr(machine, "chinese_fonts", lambda: True)
    monkeypatch.setattr(machine.ctypes.util, "find_library", lambda name: name)
    monkeypatch.setattr(gateway_doctor, "is_ready", lambda channel: True)
    return folder


def certificate(folder, host: str, days: int) -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(NOW - timedelta(days=90)).not_valid_after(NOW + timedelta(days=days, hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False).sign(key, SHA256())
    )  # fmt: skip
    (folder / "cert.pem").write_bytes(made.public_bytes(Encoding.PEM))
    return str(folder / "cert.pem")


def broken_database(healthy, monkeypatch, settings):
    def away(*_: object):
        raise checks.DatabaseError("away")

    monkeypatch.setattr(checks, "ask", away)
    monkeypatch.setattr(health, "pending", away)
    monkeypatch.setattr(health, "heartbeat", away)


def full_disk(healthy, monkeypatch, settings):
    monkeypatch.setattr(machine, "disk_usage", lambda _: (3 * 10**8, 100 * 10**9))


def slow_clock(healthy, monkeypatch, settings):
    audit.record(actor=None, action="later", now=NOW + timedelta(hours=3))


def open_keys(healthy, monkeypatch, settings):
    (healthy / "secrets" / "columns").chmod(0o644)


def lost_keys(healthy, monkeypatch, settings):
    (healthy / "secrets" / "index").unlink()


def old_tables(healthy, monkeypatch, settings):
    monkeypatch.setattr(health, "pending", lambda: ["linli_common.0009_new"])


def dead_worker(healthy, monkeypatch, settings):
    Job.objects.update(last_ok=NOW - timedelta(minutes=20))


def waiting_messages(healthy, monkeypatch, settings):
    send_sms(to="+8613800001234", text="x", kind=next(iter(Kind)), now=NOW)
    OutgoingMessage.objects.update(created_at=NOW - timedelta(minutes=40), expires_at=NOW + timedelta(hours=5))


def old_backup(healthy, monkeypatch, settings):
    book.note(healthy, backup_at=NOW - timedelta(days=3))


def no_drill(healthy, monkeypatch, settings):
    book.note(healthy, drill_at=None)


def no_gateway(healthy, monkeypatch, settings):
    monkeypatch.setattr(gateway_doctor, "is_ready", lambda channel: False)


def old_certificate(healthy, monkeypatch, settings):
    settings.LINLI_INSTANCE.tls_cert = certificate(healthy, "linli.example.cn", 3)


def foreign_certificate(healthy, monkeypatch, settings):
    settings.LINLI_INSTANCE.tls_cert = certificate(healthy, "other.example.cn", 80)


def closed_folder(healthy, monkeypatch, settings):
    (healthy / "files").rmdir()


def lost_backup_key(healthy, monkeypatch, settings):
    monkeypatch.setenv("LINLI_BACKUP_KEY", str(healthy / "nowhere"))


TROUBLES = {
    broken_database: ("database", "LINLI_DATABASE|linli.sqlite3|linli prepare"),
    full_disk: ("disk", "backups/"),
    slow_clock: ("clock", "timedatectl"),
    open_keys: ("keys", "chmod 600"),
    lost_keys: ("keys", "secrets"),
    old_tables: ("migrations", "linli prepare"),
    dead_worker: ("worker", "linli serve"),
    waiting_messages: ("gateway-sms", "log/linli.log"),
    old_backup: ("backup", "linli backup"),
    no_drill: ("drill", "linli backup --drill"),
    no_gateway: ("gateway-sms", "instance.json"),
    old_certificate: ("certificate", "renew"),
    foreign_certificate: ("certificate", "certificate"),
    closed_folder: ("folders", "folder"),
    lost_backup_key: ("backup-key", "--new-key"),
}


def test_a_healthy_instance_has_nothing_wrong_and_nothing_soon(healthy):
    found = [(line.key, str(line.what)) for line in doctor.examine(NOW) if line.level != doctor.Level.WELL]
    assert found == []


@pytest.mark.parametrize("plant", TROUBLES, ids=lambda plant: plant.__name__)
def test_a_planted_trouble_is_found_with_what_to_do_in_both_languages(plant, healthy, monkeypatch, settings):
    plant(healthy, monkeypatch, settings)
    key, advice = TROUBLES[plant]
    found = [line for line in doctor.examine(NOW) if line.level == doctor.Level.WRONG]
    assert [line.key for line in found] == [key]
    (line,) = found
    with translation.override("en"):
        english = f"{line.name} {line.what} {line.todo}"
    with translation.override("zh-hans"):
        chinese = f"{line.name} {line.what} {line.todo}"
    assert english != chinese
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in english), english
    assert any(word in english for word in advice.split("|")), english


def test_a_check_that_breaks_is_a_finding_and_stops_no_other(healthy, monkeypatch):
    monkeypatch.setattr(machine, "disk_usage", lambda _: 1 / 0)
    lines = doctor.examine(NOW)
    assert [line.key for line in lines if line.level == doctor.Level.WRONG] == ["disk"]
    assert "ZeroDivisionError" in str(next(line for line in lines if line.key == "disk").what)


def test_a_damaged_database_file_is_found_by_reading_through_it(healthy, monkeypatch):
    path = healthy / "linli.sqlite3"
    base = sqlite3.connect(path)
    base.execute("create table t(x)")
    base.executemany("insert into t values (?)", [("y" * 500,)] * 500)
    base.commit()
    base.close()
    data = bytearray(path.read_bytes())
    data[8192:12288] = bytes(4096)
    path.write_bytes(data)
    named = type("Connection", (), {"vendor": "sqlite", "settings_dict": {"NAME": str(path)}})
    monkeypatch.setattr(checks, "connection", named)
    assert [line.key for line in checks.whole_database(NOW)] == ["database-file"]


def test_the_command_prints_both_languages_and_ends_with_one(healthy, monkeypatch, capsys):
    from linli.config import cli

    monkeypatch.setattr("linli.config.cli.setup.instance_django", lambda: None)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    assert cli.main(["doctor"]) == 0
    full_disk(healthy, monkeypatch, None)
    assert cli.main(["doctor", "--wrong"]) == 1
    said = capsys.readouterr().out
    assert "磁盘 · Disk" in said
    assert "→" in said
    assert run.folder() == healthy / "backups"
