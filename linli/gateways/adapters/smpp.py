"""SMS by SMPP 3.4 (SMS Forum, 1999), through smpplib.

    {"adapter": "smpp", "host": "smsc.example.org", "port": 2775, "security": "tls",
     "user": "linli", "password_file": "smpp", "sender": "10690123"}

`security`: tls (default) or none, for a line that is private itself. `keep_alive`: after so many quiet seconds (20)
the line is asked with enquire_link before it is used again; one that is gone is bound anew, once a message, before
anything of it was sent. Receipts that come in while it is bound are kept for `receipts`. Of a long text each part is a message with the header that lets the phone
join them (3GPP TS 23.040, 9.2.3.24.1).
"""

from __future__ import annotations

import re
import select
import socket
import ssl
import struct
import time
from typing import Any

from smpplib import consts, exceptions, smpp
from smpplib.client import Client

from ..rules import TIMEOUT
from ..sms import BASIC, EXTENDED
from .port import Adapter, Parcel, Receipt, Refused, Throttled, Unavailable
from .secrets import secret

KEEP_ALIVE = 20.0  # seconds without a word after which the line is asked whether it is there
ALIVE_WITHIN = 5.0  # seconds for its answer
QUIET = 0.5  # seconds without a word after which no more receipts are expected
LONGEST = 254  # octets of the field short_message
PATIENCE = (0.2, 0.6, 1.2)  # seconds between tries of one message when the SMSC asks us to slow down
SLOWER = {consts.SMPP_ESME_RTHROTTLED, consts.SMPP_ESME_RMSGQFUL}
NEVER = {
    consts.SMPP_ESME_RINVMSGLEN,
    consts.SMPP_ESME_RINVDSTADR,
    consts.SMPP_ESME_RINVDSTTON,
    consts.SMPP_ESME_RINVDSTNPI,
}
FINAL = {"DELIVRD": True, "EXPIRED": False, "DELETED": False, "UNDELIV": False, "REJECTD": False}
FINAL_STATES = {2: "DELIVRD", 3: "EXPIRED", 4: "DELETED", 5: "UNDELIV", 8: "REJECTD"}
# What a broken line or a broken PDU raises.
TROUBLE = (
    OSError,
    exceptions.PDUError,
    exceptions.ConnectionError,
    exceptions.UnknownCommandError,
    struct.error,
    KeyError,
    ValueError,
)
RECEIPT = re.compile(rb"id:(?P<id>\S+).*?stat:(?P<stat>[A-Z]+)", re.DOTALL | re.IGNORECASE)


class _Line(Client):
    """smpplib's client on IPv4 and IPv6, with the host's name checked in its certificate."""

    def connect(self) -> None:
        raw = socket.create_connection((self.host, self.port), timeout=self.timeout)
        context = self._ssl_context
        self._socket = context.wrap_socket(raw, server_hostname=self.host) if context else raw
        self.state = consts.SMPP_CLIENT_STATE_OPEN

    def wait(self, seconds: float) -> None:
        self._socket.settimeout(max(0.01, seconds))

    def has_news(self) -> bool:
        """Whether something lies ready to be read, the end of the line included."""
        if isinstance(self._socket, ssl.SSLSocket) and self._socket.pending():
            return True
        return bool(select.select([self._socket], [], [], 0)[0])


class SmppAdapter(Adapter):
    """Binds as transceiver, submits one after the other, and answers what the SMSC asks meanwhile."""

    has_receipts = True
    splits = True

    def __init__(
        self,
        *,
        host: str,
        user: str,
        port: int = 2775,
        security: str = "tls",
        password_file: str = "",
        sender: str = "",
        keep_alive: float = KEEP_ALIVE,
    ) -> None:
        if security not in ("tls", "none"):
            raise ValueError(f"security is tls or none, not {security!r}")
        self.user, self.password, self.sender = user, secret(password_file), sender
        context = ssl.create_default_context() if security == "tls" else None
        self._new_line = lambda: _Line(
            host,
            port,
            timeout=TIMEOUT,
            ssl_context=context,
            allow_unknown_opt_params=True,
            logger_name="smpplib",
        )
        self.keep_alive, self._heard = keep_alive, 0.0
        self._line: _Line | None = None
        self._receipts: list[Receipt] = []

    def open(self) -> None:
        line = self._line = self._new_line()
        try:
            line.connect()
            line.bind_transceiver(system_id=self.user, password=self.password)
            self._heard = time.monotonic()
        except exceptions.PDUError as error:
            self._drop()
            raise Unavailable(f"SMSC refuses the bind ({_status(error)})") from error
        except TROUBLE as error:
            self._drop()
            raise Unavailable(f"SMSC: {type(error).__name__}") from error

    def close(self) -> None:
        line = self._line
        if line is None:
            return
        try:
            line.wait(2)
            line.send_pdu(smpp.make_pdu("unbind", client=line))
            self._read_until("unbind_resp", None, 2)
        except (*TROUBLE, Unavailable):
            pass  # closed either way
        self._drop()

    def send(self, parcel: Parcel) -> str:
        self._be_there()
        for pause in (*PATIENCE, None):
            answer = self._submit(parcel)
            if answer.status not in SLOWER:
                break
            if pause is None:
                raise Throttled(f"SMSC asks to slow down ({answer.status:#x})")
            self._listen(pause)
        if answer.status in NEVER:
            raise Refused(f"SMSC refuses the message ({answer.status:#x})")
        if answer.is_error():
            raise Unavailable(f"SMSC puts the message off ({answer.status:#x})")
        return _text(answer.message_id)

    def _be_there(self) -> None:
        """Use the line, or bind anew where it has gone since. Raises Unavailable where that fails too."""
        try:
            self._ask_line()
        except (*TROUBLE, Unavailable):
            self._drop()
            self.open()

    def _ask_line(self) -> None:
        """Read what has come in meanwhile; after a long silence ask with enquire_link."""
        line = self._line
        if line is None:
            raise Unavailable("SMSC: not bound")
        quiet = time.monotonic() - self._heard >= self.keep_alive  # what lies there may have come long ago
        while line.has_news():
            line.wait(ALIVE_WITHIN)
            self._take(line)
        if quiet:
            question = smpp.make_pdu("enquire_link", client=line)
            line.send_pdu(question)
            self._read_until("enquire_link_resp", question.sequence, ALIVE_WITHIN)

    def _listen(self, seconds: float) -> None:
        """Wait, but answer what the SMSC asks meanwhile."""
        try:
            self._read_until("", None, seconds)
        except TROUBLE as error:
            raise Unavailable(f"SMSC: {type(error).__name__}") from error
        except Unavailable:
            pass  # nothing was asked

    def _submit(self, parcel: Parcel) -> Any:
        line = self._line
        if line is None:
            raise Unavailable("SMSC: not bound")
        try:
            request = line.send_message(**self._fields(parcel))
            return self._read_until("submit_sm_resp", request.sequence, TIMEOUT)
        except TROUBLE as error:
            raise Unavailable(f"SMSC: {type(error).__name__}") from error

    def receipts(self) -> list[Receipt]:
        if self._line is not None:
            try:
                self._read_until("", None, QUIET)
            except (*TROUBLE, Unavailable):
                pass  # what came in counts
        found, self._receipts = self._receipts, []
        return found

    def _fields(self, parcel: Parcel) -> dict[str, Any]:
        part = parcel.part
        octets, coding = encode(parcel.text, gsm=None if part is None else part.gsm)
        if part is not None:
            octets = bytes([5, 0, 3, part.mark, part.count, part.number]) + octets
        numeric = self.sender.isdigit()
        fields: dict[str, Any] = {
            "source_addr_ton": consts.SMPP_TON_UNK if numeric or not self.sender else consts.SMPP_TON_ALNUM,
            "source_addr_npi": consts.SMPP_NPI_ISDN if numeric else consts.SMPP_NPI_UNK,
            "source_addr": self.sender,
            "dest_addr_ton": consts.SMPP_TON_INTL,
            "dest_addr_npi": consts.SMPP_NPI_ISDN,
            "destination_addr": parcel.to.removeprefix("+"),
            "data_coding": coding,
            "registered_delivery": True,
        }
        if part is not None:
            fields["esm_class"] = consts.SMPP_GSMFEAT_UDHI
        return fields | {"short_message" if len(octets) <= LONGEST else "message_payload": octets}

    def _read_until(self, command: str, sequence: int | None, seconds: float) -> Any:
        """Read and answer until the wanted PDU comes. Raises Unavailable when time is over."""
        line = self._line
        assert line is not None
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            line.wait(left)
            try:
                pdu = self._take(line, command, sequence)
            except TimeoutError:
                break
            if pdu is not None:
                return pdu
        raise Unavailable("SMSC does not answer")

    def _take(self, line: _Line, command: str = "", sequence: int | None = None) -> Any:
        """Read one PDU: the wanted one is given back, any other is answered."""
        pdu = line.read_pdu()
        self._heard = time.monotonic()
        if command and pdu.command == command and sequence in (None, pdu.sequence):
            return pdu
        if pdu.command == "generic_nack" and command:
            raise Unavailable(f"SMSC does not understand ({pdu.status:#x})")
        self._answer(line, pdu)
        if pdu.command == "unbind":
            raise Unavailable("SMSC: it ended the session")
        return None

    def _answer(self, line: _Line, pdu: Any) -> None:
        if pdu.command == "deliver_sm":
            receipt = read_receipt(pdu)
            self._receipts += [receipt] if receipt else []
        if pdu.command in ("deliver_sm", "enquire_link", "unbind"):
            answer = smpp.make_pdu(f"{pdu.command}_resp", client=line)
            answer.sequence = pdu.sequence
            line.send_pdu(answer)

    def _drop(self) -> None:
        line, self._line = self._line, None
        if line is not None and line._socket is not None:
            line._socket.close()
            line._socket = None


def encode(text: str, *, gsm: bool | None = None) -> tuple[bytes, int]:
    """Octets and data_coding: the GSM alphabet, one octet a septet, where the whole text is in it, else UCS-2."""
    if gsm if gsm is not None else all(char in BASIC or char in EXTENDED for char in text):
        return gsm_octets(text), consts.SMPP_ENCODING_DEFAULT
    return text.encode("utf-16-be"), consts.SMPP_ENCODING_ISO10646


_TABLE = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
_ESCAPED = {"\f": 0x0A, "^": 0x14, "{": 0x28, "}": 0x29, "\\": 0x2F, "[": 0x3C, "~": 0x3D, "]": 0x3E, "|": 0x40, "€": 0x65}


def gsm_octets(text: str) -> bytes:
    """The default alphabet of 3GPP TS 23.038; a character of its extension is the escape and one more."""
    return b"".join(bytes([0x1B, _ESCAPED[char]]) if char in _ESCAPED else bytes([_TABLE.index(char)]) for char in text)


def read_receipt(pdu: Any) -> Receipt | None:
    """What a deliver_sm says about a message of ours; None where it is not a final receipt."""
    if not (pdu.esm_class or 0) & 0x04:
        return None
    found = RECEIPT.search(
        getattr(pdu, "short_message", None) or getattr(pdu, "message_payload", None) or b""
    )
    state = getattr(pdu, "message_state", None)
    word = (
        FINAL_STATES.get(state, "")
        if isinstance(state, int)
        else _text(found["stat"]).upper()
        if found
        else ""
    )
    reference = _text(getattr(pdu, "receipted_message_id", None)) or (_text(found["id"]) if found else "")
    if not reference or word not in FINAL:
        return None
    return Receipt(reference, FINAL[word], word)


def _text(octets: bytes | None) -> str:
    return (octets or b"").decode("ascii", "replace").rstrip("\x00")


def _status(error: Exception) -> str:
    return f"{error.args[1]:#x}" if len(error.args) > 1 else "no status"
