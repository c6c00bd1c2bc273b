"""E-mail by SMTP (RFC 5321), through Django's backend.

    {"adapter": "smtp", "host": "mail.example.org", "port": 587, "security": "starttls",
     "user": "linli", "password_file": "smtp", "sender": "柳渡街道 <linli@example.org>"}

`security`: starttls (default), tls, or none, which is taken for this machine only.
"""

from __future__ import annotations

import smtplib
from email.utils import parseaddr

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from ..rules import TIMEOUT
from .port import Adapter, Parcel, Refused, Unavailable
from .secrets import secret

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class SmtpAdapter(Adapter):
    """One connection for all messages of a session."""

    def __init__(
        self,
        *,
        host: str,
        sender: str,
        port: int = 587,
        security: str = "starttls",
        user: str = "",
        password_file: str = "",
    ) -> None:
        if security not in ("starttls", "tls", "none"):
            raise ValueError(f"security is starttls, tls or none, not {security!r}")
        if security == "none" and host not in LOOPBACK:
            raise ValueError("mail leaves this machine only encrypted")
        if not parseaddr(sender)[1]:
            raise ValueError("sender holds no address")
        self.sender = sender
        self.backend = EmailBackend(
            alias="linli",
            host=host,
            port=int(port),
            username=user,
            password=secret(password_file),
            use_tls=security == "starttls",
            use_ssl=security == "tls",
            timeout=TIMEOUT,
            fail_silently=False,
        )

    def open(self) -> None:
        try:
            self.backend.open()
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable(_why(error)) from error

    def close(self) -> None:
        try:
            self.backend.close()
        except (OSError, smtplib.SMTPException):
            self.backend.connection = None

    def send(self, parcel: Parcel) -> str:
        message_id = f"<{parcel.key}@{parseaddr(self.sender)[1].partition('@')[2]}>"
        headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
        if parcel.unsubscribe:
            headers |= {"List-Unsubscribe": f"<{parcel.unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        message = EmailMessage(parcel.subject, parcel.text, self.sender, [parcel.to], headers=headers)
        try:
            if not self.backend.send_messages([message]):
                raise Unavailable("the mail server took nothing")
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _text in error.recipients.values()]
            if all(code >= 500 for code in codes):
                raise Refused(f"the mail server refuses the recipient ({codes[0]})") from error
            raise Unavailable(f"the mail server puts the recipient off ({codes[0]})") from error
        except smtplib.SMTPResponseException as error:
            if error.smtp_code >= 500 and isinstance(error, smtplib.SMTPDataError):
                raise Refused(f"the mail server refuses the message ({error.smtp_code})") from error
            raise Unavailable(_why(error)) from error
        except ValueError as error:  # no address, or a line break in a header
            raise Refused("this is no address that mail can go to") from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable(_why(error)) from error
        return message_id


def _why(error: Exception) -> str:
    """What went wrong, without the server's own words, which may hold addresses."""
    code = getattr(error, "smtp_code", "") or getattr(error, "strerror", "") or ""
    return f"mail server: {type(error).__name__} {code}".strip()
