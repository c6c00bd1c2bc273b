"""A process that is killed outright at one step after another while it gives SMS to a gateway; run by test_killed_sender.

Works on a copy of the small world in LINLI_DATA. Prints for each step: whether it was killed, how often the SMS
left, and what its delivery says at the end.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path

import django

STEPS = (
    "before the claim", "after the claim", "before it leaves", "after it left", "after the part", "before the mark",
    "after the mark",
)  # fmt: skip
AFTERWARDS = timedelta(minutes=2)  # longer than any lease


def main() -> None:
    django.setup()
    from linli.common import clock
    from linli.common.clock import SHANGHAI

    noon = clock.now().astimezone(SHANGHAI).replace(hour=12)  # nobody's quiet hours
    for step in STEPS:
        sys.stdout.write(json.dumps([step, killed_at(step, noon)]) + "\n")


def killed_at(step: str, now: datetime) -> dict[str, object]:
    """One message to one reader; a child is killed at the step; another run when its leases are over."""
    from django.db import connections

    from linli.common import outbox
    from linli.gateways.actions.outgoing import hand_over_waiting
    from linli.gateways.rules import Channel
    from linli.messaging.actions.tell import Free, tell
    from linli.messaging.models import Delivery
    from linli.people.models import Person

    person = Person.objects.get(demo_key="reader0")
    message = tell(people=[person], template="free", key=step, now=now, channels=[Channel.SMS], free=Free("停水", "明天上午停水"))
    outbox.run(now)
    sent = Path(os.environ["LINLI_DATA"]) / "sent"
    sent.touch()
    before, started = sent.read_text().count("\n"), now + timedelta(seconds=30)
    connections.close_all()
    child = os.fork()
    if child == 0:
        deadly(step, sent)
        hand_over_waiting(channel=Channel.SMS, now=started)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    deadly("", sent)
    hand_over_waiting(channel=Channel.SMS, now=started + AFTERWARDS)
    outbox.run(started + 2 * AFTERWARDS)
    row = Delivery.objects.get(message=message, channel=Channel.SMS)
    return {"killed": os.WIFSIGNALED(status), "left": sent.read_text().count("\n") - before, "level": row.level}


def deadly(wanted: str, sent: Path) -> None:
    """Have this process die at the step; with an empty one it lives and only the gateway is ours."""
    from linli.gateways.actions import outgoing, parts
    from linli.gateways.adapters import Adapter
    from linli.gateways.models import OutgoingMessage

    def strike(step: str) -> None:
        if step == wanted:
            os.kill(os.getpid(), signal.SIGKILL)

    class Gateway(Adapter):
        def send(self, parcel):  # type: ignore[no-untyped-def]
            strike("before it leaves")
            with sent.open("a") as file:
                file.write(parcel.key + "\n")
            strike("after it left")
            return parcel.key

    whole = {name: ORIGINAL.setdefault(name, getattr(module, name)) for module, name in ((outgoing, "send_parts"), (outgoing, "_end"), (parts, "_note"))}

    def send_parts(message, adapter, now):  # type: ignore[no-untyped-def]
        strike("after the claim")
        return whole["send_parts"](message, adapter, now)

    def note(*args):  # type: ignore[no-untyped-def]
        whole["_note"](*args)
        strike("after the part")

    def end(*args, **more):  # type: ignore[no-untyped-def]
        strike("before the mark")
        state = whole["_end"](*args, **more)
        strike("after the mark")
        return state

    outgoing.adapter_for = lambda channel: Gateway()
    outgoing.send_parts, outgoing._end, parts._note = send_parts, end, note
    if wanted == "before the claim" and OutgoingMessage.objects.exists():
        strike(wanted)


ORIGINAL: dict[str, object] = {}
if __name__ == "__main__":
    main()
