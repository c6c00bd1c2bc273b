"""A browser without eyes: cookies, hidden fields, and what an answer means for a writer."""

from __future__ import annotations

import contextlib
import html
import http.client
import re
import secrets
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

TIMEOUT = 20.0
LOST = (OSError, http.client.HTTPException)  # no answer: the writer does not know, and asks again with his key
HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"')


class Busy(Exception):
    """503 with Retry-After: nothing was done, or it is not known; the same once more later."""


class Odd(Exception):
    """An answer that no fault excuses."""


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    body: bytes

    def hidden(self, name: str) -> str:
        """The value of a hidden field. Raises Odd where the page has none."""
        for found, value in HIDDEN.findall(self.body.decode("utf-8", "replace")):
            if found == name:
                return html.unescape(value)
        raise Odd(f"no field {name} in an answer {self.status}")


class Client:
    """One person's browser on one address; a connection for each request, so that every worker gets some."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def request(self, method: str, path: str, body: bytes = b"", content_type: str = "", timeout: float = TIMEOUT) -> Answer:
        """Raises Busy on 503, Odd on a 500 or a 503 that does not say when to come again, LOST without answer."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if content_type:
            headers["Content-Type"] = content_type
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        with contextlib.closing(connection):
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            content = response.read()
        self._keep(response)
        if response.status == 503:
            if not (response.headers.get("Retry-After") or "").isdecimal():
                raise Odd(f"{method} {path}: 503 without Retry-After")
            raise Busy
        if response.status >= 500:
            raise Odd(f"{method} {path}: {response.status}")
        return Answer(response.status, response.headers.get("Location") or "", content)

    def _keep(self, response: http.client.HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                if morsel.value and morsel["max-age"] != 0:
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)

    def get(self, path: str) -> Answer:
        return self.request("GET", path)

    def page(self, path: str) -> Answer:
        """A page that must be there."""
        answer = self.get(path)
        if answer.status != 200:
            raise Odd(f"GET {path}: {answer.status} {answer.location}")
        return answer

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """A form, with the token of our cookie."""
        fields = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **fields}
        return self.request("POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def upload(self, path: str, fields: dict[str, str], content: bytes) -> Answer:
        """A form with one file, named `file`."""
        edge = secrets.token_hex(12)
        fields = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **fields}
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
        body = b"".join([*parts, head.encode(), content, f"\r\n--{edge}--\r\n".encode()])
        return self.request("POST", path, body, f"multipart/form-data; boundary={edge}")

    def sign_in(self, persona: str) -> None:
        """As the demo's sign-in page does."""
        self.cookies.clear()
        self.page("/account/login/")
        answer = self.post("/demo/sign-in/", {"persona": persona})
        if answer.status != 302:
            raise Odd(f"signing in as {persona}: {answer.status}")
