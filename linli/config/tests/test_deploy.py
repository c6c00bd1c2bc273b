"""The examples under deploy/ are tried: nginx in front of the real server, and what systemd says of the unit."""

from __future__ import annotations

import http.client
import json
import shutil
import ssl
import subprocess
from pathlib import Path

import pytest

from .conftest import Running, eventually, free_port
from .test_serve_operation import pair

DEPLOY = Path(__file__).parents[3] / "deploy"
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("serve")]


@pytest.fixture
def behind_tls(folder):
    """The instance as it is where its origin is an https address."""
    file = folder / "instance.json"
    before = file.read_text()
    file.write_text(json.dumps({**json.loads(before), "origin": "https://localhost"}))
    yield
    file.write_text(before)


@pytest.fixture
def nginx(behind_tls, server, tmp_path):
    """The example with free loopback ports and a certificate of the test's own; gives its TLS and its plain port."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(program).exists():
        pytest.skip("nginx is not installed")
    running: Running = server(LINLI_PROXIES="1", DJANGO_SETTINGS_MODULE="linli.config.settings")
    cert, key = pair(tmp_path, "nginx")
    tls, plain = free_port(), free_port()
    text = (DEPLOY / "nginx.conf").read_text()
    for old, new in (
        ("server 127.0.0.1:8000", f"server 127.0.0.1:{running.port}"), ("linli.example.cn;", "localhost;"),
        ("listen 443", f"listen 127.0.0.1:{tls}"), ("listen 80", f"listen 127.0.0.1:{plain}"),
        ("    listen [::]:80;\n", ""), ("    listen [::]:443 ssl http2;\n", ""),
        ("/etc/letsencrypt/live/linli.example.cn/fullchain.pem", cert),
        ("/etc/letsencrypt/live/linli.example.cn/privkey.pem", key),
    ):  # fmt: skip
        assert old in text, old
        text = text.replace(old, new)
    temp = "".join(f"{it}_temp_path {tmp_path};\n" for it in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    conf = tmp_path / "nginx.conf"
    conf.write_text(f"daemon off;\nerror_log stderr;\npid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{temp}{text}}}\n")
    with subprocess.Popen([program, "-c", conf], stderr=subprocess.PIPE, text=True) as process:
        try:
            eventually(lambda: _ask(tls, "/healthz", cert)[0] == 200)
            yield tls, plain, cert
        finally:
            process.terminate()


def _ask(port: int, path: str, cert: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    trusting = ssl.create_default_context(cafile=cert)
    connection = http.client.HTTPSConnection("localhost", port, context=trusting, timeout=15)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    found = answer.status, {name.lower(): it for name, it in answer.getheaders()}, answer.read()
    connection.close()
    return found


def test_behind_the_nginx_example_pages_come_by_tls_and_figures_do_not(nginx):
    tls, plain, cert = nginx
    status, headers, page = _ask(tls, "/", cert)
    assert status == 200
    assert b"<!doctype html>" in page[:40].lower()
    assert "max-age" in headers["strict-transport-security"], headers
    assert _ask(tls, "/metrics", cert)[0] == 404
    connection = http.client.HTTPConnection("127.0.0.1", plain, timeout=15)
    connection.request("GET", "/places/1/?x=1")
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Location")) == (301, "https://linli.example.cn/places/1/?x=1")
    connection.close()


def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed")
    unit = tmp_path / "linli.service"
    text = (DEPLOY / "linli.service").read_text()
    unit.write_text(text.replace("/opt/linli/.venv/bin/linli", shutil.which("true") or "/bin/true").replace("/opt/linli", "/"))
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (done.returncode, [line for line in done.stderr.splitlines() if unit.name in line]) == (0, [])
    exposure = ["systemd-analyze", "security", "--offline=true", "--json=short", unit]
    found = subprocess.run(exposure, capture_output=True, text=True, check=False)
    if found.returncode == 0:
        assert any(row.get("name") == "NoNewPrivileges=" and row.get("set") for row in json.loads(found.stdout))
