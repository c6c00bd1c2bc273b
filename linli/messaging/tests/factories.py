"""Readers and a gateway with a fault. Not collected by pytest."""

from __future__ import annotations

from itertools import count

from linli.common import outbox
from linli.common.clock import SHANGHAI
from linli.gateways.adapters import Adapter, Receipt, Unavailable
from linli.messaging.api import tell
from linli.people.models import Identifier
from linli.people.tests.factories import NOW, make_person

NOON = NOW.astimezone(SHANGHAI).replace(hour=12, minute=0)
_n = count(1)


def make_reader(name="何立群", email=True, phone=True, **fields):
    number = next(_n)
    person = make_person(name, phone=f"+86138{number:08d}" if phone else None, **fields)
    if email:
        Identifier.objects.create(person=person, kind="email", value=f"p{number}@example.org", verified_at=NOW)
    return person


def write(*people, key="k", now=NOON, **more):
    values = {"template": "post.began", "context": {"body": "青砖里居委会", "title": "干事"}, **more}
    return tell(people=people, key=key, now=now, **values)


def work(now):
    return outbox.run(now, seconds=60)


class FlakyAdapter(Adapter):
    """Takes everything while `up()`; a receipt for each, twice, the later ones first."""

    near = True
    has_receipts = True

    def __init__(self, up, taken):
        self.up, self.taken, self._receipts = up, taken, []

    def open(self):
        self._ask()

    def send(self, parcel):
        self._ask()
        reference = f"ref-{parcel.key}"
        self.taken.append(parcel.to)
        self._receipts += [Receipt(reference, True, "DELIVRD")] * 2
        return reference

    def receipts(self):
        found, self._receipts = self._receipts[::-1], []
        return found

    def _ask(self):
        if not self.up(len(self.taken)):
            raise Unavailable("down")
