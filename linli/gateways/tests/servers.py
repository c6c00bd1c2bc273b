"""Small real servers on the loopback: a mail server, an SMS provider, an SMSC. Not collected by pytest."""

from __future__ import annotations

import json
import socketserver
import struct
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

from aiosmtpd.controller import Controller

BIND, BIND_RESP, SUBMIT, SUBMIT_RESP = 0x9, 0x80000009, 0x4, 0x80000004
DELIVER, ENQUIRE, UNBIND, UNBIND_RESP = 0x5, 0x15, 0x6, 0x80000006


@contextmanager
def mail_server():
    """Gives `port`, `got` (list of (to, subject, text)) and `refuse` (a code to answer recipients with)."""
    there = SimpleNamespace(got=[], refuse=0, port=0, headers={})

    class Handler:
        async def handle_RCPT(self, server, session, envelope, address, options):
            if there.refuse:
                return f"{there.refuse} no"
            envelope.rcpt_tos.append(address)
            return "250 ok"

        async def handle_DATA(self, server, session, envelope):
            mail = message_from_bytes(envelope.content, policy=policy.default)
            there.headers = dict(mail.items())
            there.got.append((envelope.rcpt_tos[0], mail["Subject"], mail.get_content().strip()))
            return "250 ok"

    class AnyPort(Controller):
        def _trigger_server(self):  # it pokes its own port, which it does not know when the system picks it
            self.port = there.port = self.server.sockets[0].getsockname()[1]
            super()._trigger_server()

    controller = AnyPort(Handler(), hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield there
    finally:
        controller.stop()


@contextmanager
def sms_provider():
    """Gives `port`, `got` (list of (to, text)), `answer` (status, JSON) and the last `headers`."""
    there = SimpleNamespace(
        got=[], port=0, answer=(200, {"code": 0, "data": {"id": "p-1"}}), headers={}, location=""
    )

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, answer = there.answer
            there.headers = dict(self.headers)
            if status == 200:
                there.got.append((body["mobile"], body["content"]))
            self.send_response(status)
            if there.location:
                self.send_header("Location", there.location)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    there.port = server.server_port
    with serving(server):
        yield there


@contextmanager
def smsc():
    """An SMSC: gives `port`, `got` (list of (to, text)), `status` of its answers, and sends a receipt for each."""
    there = SimpleNamespace(got=[], port=0, status=0, password="", receipt="DELIVRD", answered=[], codings=[])

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            while (head := self.take(16)) is not None:
                length, command, _status, number = struct.unpack(">4L", head)
                body = self.take(length - 16) or b""
                if command == BIND:
                    there.password = body.split(b"\0")[1].decode()
                    ok = there.password == "geheim"
                    self.say(BIND_RESP, 0 if ok else 0xE, number, b"smsc\0" if ok else b"")
                elif command == SUBMIT:
                    self.submit(body, number)
                elif command == UNBIND:
                    self.say(UNBIND_RESP, 0, number)
                elif command & 0x80000000:
                    there.answered.append(command & 0xFF)

        def submit(self, body, number):
            if there.status:
                self.say(SUBMIT_RESP, there.status, number)
                return
            to, text = read_submit(body, there.codings)
            there.got.append((to, text))
            reference = f"m{len(there.got)}"
            self.say(ENQUIRE, 0, 7001)  # asked in the middle of things, as SMSCs do
            self.say(SUBMIT_RESP, 0, number, reference.encode() + b"\0")
            note = f"id:{reference} sub:001 dlvrd:001 submit date:2605190800 done date:2605190801 stat:{there.receipt} err:000 text:"
            self.say(DELIVER, 0, 7002, deliver(note.encode()))

        def say(self, command, status, number, body=b""):
            self.request.sendall(struct.pack(">4L", 16 + len(body), command, status, number) + body)

        def take(self, size):
            got = b""
            while len(got) < size:
                part = self.request.recv(size - len(got))
                if not part:
                    return None
                got += part
            return got

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    there.port = server.server_address[1]
    with serving(server):
        yield there


def read_submit(body: bytes, codings: list[int]) -> tuple[str, str]:
    """Recipient and text of a submit_sm's body."""
    _service, rest = body.split(b"\0", 1)
    _from, rest = rest[2:].split(b"\0", 1)
    to, rest = rest[2:].split(b"\0", 1)
    rest = rest[3:]  # esm_class, protocol_id, priority
    _when, rest = rest.split(b"\0", 1)
    _until, rest = rest.split(b"\0", 1)
    coding, length = rest[2], rest[4]
    octets = rest[5 : 5 + length] or rest[5 + length + 4 :]
    codings.append(coding)
    return "+" + to.decode(), octets.decode("utf-16-be" if coding == 8 else "ascii")


def deliver(note: bytes) -> bytes:
    """The body of a deliver_sm that is a receipt."""
    return (
        b"\0"
        + b"\1\1"
        + b"8613800001234\0"
        + b"\1\1"
        + b"10690123\0"
        + b"\4\0\0"
        + b"\0\0"
        + b"\0\0\0\0"
        + bytes([len(note)])
        + note
    )


@contextmanager
def serving(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
