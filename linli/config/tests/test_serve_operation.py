"""What an operator relies on while the server runs: TLS, figures over both workers, a reload that shows."""

from __future__ import annotations

import http.client
import json
import re
import ssl
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from linli.config import instance, update

from .conftest import environment, eventually

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("serve")]


def pair(folder: Path, name: str) -> tuple[str, str]:
    """A certificate for localhost that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False).sign(key, SHA256())
    )  # fmt: skip
    cert, private = folder / f"{name}.pem", folder / f"{name}.key"
    cert.write_bytes(made.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return str(cert), str(private)


def test_the_server_speaks_tls_with_the_certificate_it_was_given(server, tmp_path):
    cert, key = pair(tmp_path, "one")
    running = server("--tls-cert", cert, "--tls-key", key)
    trusting = ssl.create_default_context(cafile=cert)
    with urllib.request.urlopen(f"https://localhost:{running.port}/healthz", context=trusting, timeout=20) as answer:
        assert answer.read() == b"ok\n"
    with pytest.raises((OSError, http.client.HTTPException)):
        running.get("/healthz")


def test_a_key_that_does_not_fit_is_said_in_one_line(folder, tmp_path):
    cert, _ = pair(tmp_path, "one")
    _, key = pair(tmp_path, "two")
    for words in (["--tls-cert", cert, "--tls-key", key], ["--tls-cert", cert], ["--tls-cert", "/none", "--tls-key", key]):
        command = [sys.executable, "-m", "linli.config.cli", "serve", "--port", "0", *words]
        done = subprocess.run(command, env=environment(folder), cwd=instance.SOURCE, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert len(done.stderr.strip().splitlines()) == 1


def test_figures_add_up_over_both_workers_and_a_reload_shows_in_them(server, folder):
    running = server()

    def figure() -> int:
        found = re.search(r'linli_requests_total\{route="none",status="2xx"\} (\d+)', running.get("/metrics"))
        return int(found[1]) if found else 0

    before = figure()
    asked: list[str] = []

    def both() -> bool:
        asked.append(running.get("/pid"))
        return len(set(asked)) == 2

    eventually(both, 40)
    pids = set(asked)
    assert {figure() for _ in range(8)} == {before + len(asked)}
    eventually(lambda: running.get("/readyz") == "ok\n")
    assert json.loads((folder / "run" / "serve.json").read_text())["pid"] == running.process.pid
    plan = folder / "run" / "update.json"
    plan.write_text(json.dumps({"root": str(instance.SOURCE), "data": str(folder), "from": "x", "ref": ""}))
    started = time.time()
    update.Update(plan).reload()

    def moved() -> bool:
        seen = [running.get("/pid") for _ in range(20)]
        asked.extend(seen)
        return not pids & set(seen)

    eventually(moved, 40)
    assert time.time() - started < 60
    assert figure() == before + len(asked)
    plan.unlink()
