"""The first try, right after the commit and in the same process; what fails is left to the ticker.

A gateway that leaves the machine is spoken to in a thread, so that an answer to a request takes as long with a
message as without one: nobody learns from the time whether a number has an account.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from uuid import UUID

from django.db import connections, transaction

from linli.common import clock

from .actions.outgoing import hand_over
from .actions.receipts import note_receipts
from .adapters import Adapter, Unavailable, adapter_for
from .models import OutgoingMessage

log = logging.getLogger("linli.gateways")


def on_commit(message: OutgoingMessage) -> None:
    """Have the message tried as soon as the transaction of the caller is committed."""
    transaction.on_commit(partial(_start, message.pk, message.channel), robust=True)


def _start(message_id: UUID, channel: str) -> None:
    adapter = adapter_for(channel)
    if adapter.near:
        _try(message_id, adapter)
    else:
        _threads().submit(_try_in_thread, message_id, adapter)


def _try(message_id: UUID, adapter: Adapter) -> None:
    try:
        with adapter:
            try:
                hand_over(message_id=message_id, adapter=adapter, now=clock.now())
            finally:
                note_receipts(receipts=adapter.receipts(), now=clock.now())
    except Unavailable as error:
        log.warning("a message waits for the ticker: %s", error)


def _try_in_thread(message_id: UUID, adapter: Adapter) -> None:
    try:
        _try(message_id, adapter)
    except Exception:
        log.exception("a message waits for the ticker")
    finally:
        connections.close_all()


@cache
def _threads() -> ThreadPoolExecutor:
    """Made on first use, so after Granian's fork; its exit waits for what is being sent."""
    return ThreadPoolExecutor(max_workers=2, thread_name_prefix="gateway")
