"""The shared mechanisms' own periodic jobs."""

from datetime import datetime

from . import audit_chain, outbox, outbox_desk, ticker
from .sessions import SessionStore


@ticker.every(seconds=20)
def chain_audit(now: datetime) -> None:
    audit_chain.extend()


@ticker.every(minutes=1)
def outbox_after_clock_went_back(now: datetime) -> None:
    outbox.after_clock_went_back(now)


@ticker.every(hours=1)
def sign_checkpoint(now: datetime) -> None:
    audit_chain.extend()
    audit_chain.write_checkpoint(now)


@ticker.every(hours=1)
def clear_sessions(now: datetime) -> None:
    SessionStore.clear_expired()


@ticker.every(hours=1)
def forget_old_letters(now: datetime) -> None:
    outbox_desk.forget_old(now)
