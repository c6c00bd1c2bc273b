"""What the ticker does for the gateways."""

from __future__ import annotations

from datetime import datetime

from linli.common import ticker

from .actions import outgoing, receipts
from .adapters import Unavailable, adapter_for
from .models import OutgoingMessage
from .rules import Channel, State


@ticker.every(seconds=10)
def send_sms(now: datetime) -> None:
    outgoing.hand_over_waiting(channel=Channel.SMS, now=now)


@ticker.every(seconds=10)
def send_email(now: datetime) -> None:
    outgoing.hand_over_waiting(channel=Channel.EMAIL, now=now)


@ticker.every(minutes=1)
def fetch_receipts(now: datetime) -> None:
    """Ask for receipts while any message of the last days waits for one."""
    adapter = adapter_for(Channel.SMS)
    waiting = OutgoingMessage.objects.filter(channel=Channel.SMS, state=State.HANDED_OVER).exclude(
        reference=""
    )
    if not adapter.has_receipts or not waiting.exists():
        return
    try:
        with adapter:
            receipts.note_receipts(receipts=adapter.receipts(), now=now)
    except Unavailable:
        return  # the sending job says so


@ticker.every(minutes=1)
def after_clock_went_back(now: datetime) -> None:
    outgoing.after_clock_went_back(now=now)


@ticker.every(minutes=30)
def empty_old(now: datetime) -> None:
    outgoing.empty_old(now=now)
    receipts.forget_early(now)
