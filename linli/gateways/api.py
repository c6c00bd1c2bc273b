"""The door of the gateways: `send_sms` and `send_email`.

The message is written in the caller's transaction and handed over after its commit, at once if the gateway
answers, else by the ticker, again and again until its use is over.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .actions.outgoing import give_up_message, queue_message, retry_message
from .adapters import adapter_for
from .adapters.nowhere import NowhereAdapter
from .dispatch import on_commit
from .models import OutgoingMessage
from .queries import DeadLetter, Figures, dead_letters, figures
from .rules import Channel, Kind, State
from .sms import is_gsm, size, split_sms

__all__ = [
    "Channel",
    "DeadLetter",
    "Figures",
    "Kind",
    "OutgoingMessage",
    "State",
    "dead_letters",
    "figures",
    "give_up_message",
    "is_gsm",
    "is_ready",
    "retry_message",
    "send_email",
    "send_sms",
    "size",
    "split_sms",
]  # fmt: skip


def send_sms(
    *, to: str, text: str, kind: Kind | str, now: datetime, person: Any = None, bulk: bool = False
) -> OutgoingMessage:
    """Send an SMS to a number in E.164. `person` is whom it is for: a person or his id. Raises ValueError.

    `bulk`: one of many; the ticker hands it over, and what becomes of it is told as `OutgoingMoved`.
    """
    message = queue_message(channel=Channel.SMS, to=to, text=text, kind=kind, now=now, person=person, wants_news=bulk)
    if not bulk:
        on_commit(message)
    return message


def send_email(
    *,
    to: str,
    subject: str,
    text: str,
    kind: Kind | str,
    now: datetime,
    person: Any = None,
    bulk: bool = False,
    unsubscribe: str = "",
) -> OutgoingMessage:
    """Send a plain text e-mail. Raises ValueError, also for a subject of more than one line.

    `bulk` as for an SMS; `unsubscribe` is the address at which one press ends such mail (RFC 8058).
    """
    if len(subject.splitlines()) != 1:
        raise ValueError("the subject of an e-mail is one line")
    message = queue_message(
        channel=Channel.EMAIL, to=to, text=text, kind=kind, now=now, person=person, subject=subject, wants_news=bulk,
        unsubscribe=unsubscribe,
    )  # fmt: skip
    if not bulk:
        on_commit(message)
    return message


def is_ready(channel: Channel | str) -> bool:
    """Whether this instance has a gateway for the channel set up."""
    return not isinstance(adapter_for(channel), NowhereAdapter)
