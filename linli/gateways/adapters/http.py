"""SMS by a provider's HTTP interface; the provider's form of request is data, not code.

    {"adapter": "http", "url": "https://sms.example.org/v1/send", "format": "json",
     "headers": {"Authorization": "Bearer {secret}"}, "secret_file": "sms",
     "fields": {"mobile": "{number}", "content": "{text}", "id": "{key}"},
     "ok": {"code": "0"}, "reference": "data.id", "refused": {"code": ["1003", "1004"]}}

`{to}` is the number in E.164, `{number}` without +86. `ok` and `refused` name paths in a JSON answer and the
values that mean so; without `ok` any 2xx is good. Only the host of `url` is ever called, redirects are not
followed, certificates are checked; plain http is taken for this machine only.
"""

from __future__ import annotations

import http.client
import json
import ssl
from typing import Any
from urllib.parse import urlencode, urlsplit

from ..rules import TIMEOUT
from .port import Adapter, Parcel, Refused, Unavailable
from .secrets import secret

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
LONGEST_ANSWER = 64 * 1024


class HttpAdapter(Adapter):
    """One request a message."""

    def __init__(
        self,
        *,
        url: str,
        fields: dict[str, Any],
        format: str = "json",
        headers: dict[str, str] | None = None,
        secret_file: str = "",
        ok: dict[str, Any] | None = None,
        refused: dict[str, Any] | None = None,
        reference: str = "",
        ca_file: str = "",
    ) -> None:
        parts = urlsplit(url)
        if format not in ("json", "form"):
            raise ValueError(f"format is json or form, not {format!r}")
        if parts.scheme not in ("https", "http") or not parts.hostname or parts.username or parts.fragment:
            raise ValueError("url is https://host/path")
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise ValueError("messages leave this machine only by https")
        self.parts, self.format, self.fields, self.headers = parts, format, fields, headers or {}
        self.ok, self.refused, self.reference = ok or {}, refused or {}, reference
        self.secret = secret(secret_file)
        self.context = ssl.create_default_context(cafile=ca_file or None)

    def send(self, parcel: Parcel) -> str:
        words = {
            "{to}": parcel.to,
            "{number}": parcel.to.removeprefix("+86"),
            "{text}": parcel.text,
            "{key}": parcel.key,
            "{secret}": self.secret,
        }
        fields = fill(self.fields, words)
        if self.format == "json":
            body, kind = json.dumps(fields, ensure_ascii=False).encode(), "application/json; charset=utf-8"
        else:
            body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded; charset=utf-8"
        headers = {"Content-Type": kind, "Accept": "application/json", "User-Agent": "Linli"}
        status, answer = self._post(body, headers | fill(self.headers, {"{secret}": self.secret}))
        return self._judge(status, answer)

    def _post(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        host, port = str(self.parts.hostname), self.parts.port
        connection: http.client.HTTPConnection
        if self.parts.scheme == "https":
            connection = http.client.HTTPSConnection(host, port, timeout=TIMEOUT, context=self.context)
        else:
            connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
        target = (self.parts.path or "/") + (f"?{self.parts.query}" if self.parts.query else "")
        try:
            connection.request("POST", target, body, headers)
            response = connection.getresponse()
            return response.status, response.read(LONGEST_ANSWER)
        except (OSError, http.client.HTTPException) as error:
            raise Unavailable(f"SMS provider: {type(error).__name__}") from error
        finally:
            connection.close()

    def _judge(self, status: int, answer: bytes) -> str:
        """The reference, or the reason why not. Numbers and texts in the answer are not repeated."""
        try:
            data = json.loads(answer) if answer else None
        except ValueError:
            data = None
        for path, values in self.refused.items():
            value = look(data, path)
            if value is not None and value in _words(values):
                raise Refused(f"SMS provider refuses: {path}={value[:40]}")
        if status in (400, 413, 422):
            raise Refused(f"SMS provider refuses: HTTP {status}")
        if not 200 <= status < 300:
            raise Unavailable(f"SMS provider: HTTP {status}")
        for path, values in self.ok.items():
            value = look(data, path)
            if value not in _words(values):
                raise Unavailable(f"SMS provider: {path}={(value or 'nothing')[:40]}")
        return (look(data, self.reference) or "") if self.reference else ""


def fill(template: Any, words: dict[str, str]) -> Any:
    """The template with its words put in, once: what a word holds is not looked at again."""
    if isinstance(template, dict):
        return {key: fill(value, words) for key, value in template.items()}
    if isinstance(template, list):
        return [fill(value, words) for value in template]
    if not isinstance(template, str):
        return template
    pieces, rest = [], template
    while rest:
        found = [(rest.find(word), word) for word in words if word in rest]
        if not found:
            break
        at, word = min(found)
        pieces += [rest[:at], words[word]]
        rest = rest[at + len(word) :]
    return "".join([*pieces, rest])


def look(data: Any, path: str) -> str | None:
    """The value at `a.b.0.c` of a JSON answer, as text."""
    for name in path.split("."):
        if isinstance(data, dict):
            data = data.get(name)
        elif isinstance(data, list) and name.isdigit() and int(name) < len(data):
            data = data[int(name)]
        else:
            return None
    return None if data is None or isinstance(data, (dict, list)) else str(data)


def _words(values: Any) -> set[str]:
    return {str(value) for value in (values if isinstance(values, list) else [values])}
