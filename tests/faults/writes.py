"""What people write under faults. A new kind is one class: how it is written, and what must be there afterwards.

`write` raises `Busy`, a lost connection or `Odd`, and returns when the server has acknowledged; it is called again
with the same key until it does. `found` runs in a process with Django, when all is over.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar
from uuid import uuid4

from .client import Answer, Client, Odd

Book = dict[str, Any]


class Write:
    """A kind of write by one person at a time. `all_keys` ends where there is nothing more to say."""

    name: ClassVar[str]

    def __init__(self, book: Book, number: int) -> None:
        self.book, self.number = book, number

    def persona(self, key: str) -> str:
        """Who writes what has this key."""
        raise NotImplementedError

    def all_keys(self) -> Iterator[str]:
        while True:
            yield str(uuid4())

    def write(self, client: Client, key: str) -> None:
        raise NotImplementedError

    @staticmethod
    def found(acknowledged: set[str]) -> tuple[Counter[str], list[str]]:
        """How often each key is there, and what is there without all that belongs to it."""
        raise NotImplementedError


def expect(answer: Answer, status: int, where: str = "") -> None:
    if answer.status != status or where not in answer.location.partition("?")[0]:  # not the sign-in page that leads there
        raise Odd(f"{answer.status} {answer.location} instead of {status} {where}")


class Messages(Write):
    """The office writes to the people of a compound: an inbox row each, and a letter that carries the SMS out."""

    name = "message"

    def persona(self, key: str) -> str:
        return f"staff{self.number}"

    def write(self, client: Client, key: str) -> None:
        fields = {"key": key, "place": str(self.book["place"]), "codes": "", "title": "停水", "text": "明天上午停水", "channels": "sms", "step": "send"}
        answer = client.post("/desk/messages/new/", fields)
        expect(answer, 302, "/desk/messages/")

    @staticmethod
    def found(acknowledged: set[str]) -> tuple[Counter[str], list[str]]:
        from linli.common.models import OutboxRow
        from linli.messaging.models import Delivery, Message

        carried = {
            one for row in OutboxRow.objects.filter(kind="messaging.send") for one in row.payload["deliveries"]
        }
        times: Counter[str] = Counter()
        alone = []
        for message in Message.objects.filter(template="free"):
            key = message.key.rpartition(":")[2]
            times[key] += 1
            rows = list(Delivery.objects.filter(message=message))
            sms = [row for row in rows if row.channel == "sms"]
            # A letter that is done may be forgotten after a month; what it carried has then left.
            left_behind = {row.pk.hex for row in sms if row.outgoing is None} - carried
            if len(rows) != 2 * message.audience or len(sms) != message.audience or left_behind:
                alone.append(key)
        return times, alone


class Claims(Write):
    """A resident claims one home after the other, each proved by the roll: a residency, its history, its event."""

    name = "claim"

    def __init__(self, book: Book, number: int) -> None:
        super().__init__(book, number)
        self.drafts: dict[str, str] = {}

    def persona(self, key: str) -> str:
        return f"claimer{key.partition(':')[0]}"

    def all_keys(self) -> Iterator[str]:
        for claimer in range(self.book["claimers"]):
            for home in self.book["homes"]:
                yield f"{claimer}:{home}"

    def write(self, client: Client, key: str) -> None:
        if key in self.drafts:  # sent before: the same page once more
            answer = client.post("/residency/claim/check/", {"key": self.drafts[key]})
            if answer.status == 302 and "/done/" in answer.location:
                return
        home = key.partition(":")[2]
        expect(client.post("/residency/claim/", {"kind": "owner"}), 302, "/claim/home/")
        expect(client.post("/residency/claim/place/", {"area": home}), 302, "/claim/proof/")
        expect(client.post("/residency/claim/proof/", {"proof": "roll", "note": ""}), 302, "/claim/check/")
        self.drafts[key] = client.page("/residency/claim/check/").hidden("key")
        expect(client.post("/residency/claim/check/", {"key": self.drafts[key]}), 302, "/done/")

    @staticmethod
    def found(acknowledged: set[str]) -> tuple[Counter[str], list[str]]:
        from linli.common.models import OutboxRow
        from linli.messaging.models import Message
        from linli.people.models import Residency

        events = Counter(
            row.payload["residency_id"].replace("-", "") for row in OutboxRow.objects.filter(kind__startswith="ResidencyVerified>messaging")
        )
        told = Counter(key.split(":")[1] for key in Message.objects.filter(template="residency.verified").values_list("key", flat=True))
        times: Counter[str] = Counter()
        alone = []
        for row in Residency.objects.filter(person__demo_key__startswith="claimer").select_related("person"):
            key = f"{row.person.demo_key.removeprefix('claimer')}:{row.area_id}"
            times[key] += 1
            history = sorted(row.events.values_list("event", flat=True))
            whole = history == ["claim", "verify"] and events[row.pk.hex] <= 1 and told[row.pk.hex] == 1
            begun = history == ["claim"] and not events[row.pk.hex] and key not in acknowledged  # not yet proved
            if not whole and not begun:
                alone.append(key)
        return times, alone


def _picture() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (64, 48), (150, 60, 40)).save(out, "PNG")
    return out.getvalue()


class Uploads(Write):
    """A resident sends pictures: a row, and bytes on the disk that are what the row says."""

    name = "upload"
    picture: ClassVar[bytes] = b""

    def persona(self, key: str) -> str:
        return f"reader{self.number}"

    def write(self, client: Client, key: str) -> None:
        Uploads.picture = Uploads.picture or _picture()
        expect(client.upload("/faults/upload/", {"once": key}, Uploads.picture), 200)

    @staticmethod
    def found(acknowledged: set[str]) -> tuple[Counter[str], list[str]]:
        from linli.files import storage
        from linli.files.models import File

        times: Counter[str] = Counter()
        alone = []
        for file in File.objects.filter(owner_kind="faults.upload"):
            times[str(file.once)] += 1
            paths = {size: storage.root() / file.path_of(size) for size in file.sizes}
            whole = all(path.is_file() and path.stat().st_size == file.sizes[size][0] for size, path in paths.items())
            if not whole or hashlib.sha256(paths[file.main_size].read_bytes()).hexdigest() != file.sha256:
                alone.append(str(file.once))
        return times, alone


class Replies(Write):
    """Residents reply in one topic at the same time: each post once, cooked, to be found, its event told; numbers and counters."""

    name = "reply"

    def persona(self, key: str) -> str:
        return f"poster{self.number}"

    def write(self, client: Client, key: str) -> None:
        topic = self.book["topic"]
        answer = client.post(f"/topics/{topic}/reply/", {"key": key, "text": f"我家楼下那盏不亮，记作 {key}", "to": "", "private_ok": "on"})
        if answer.status == 200:  # the form again: what it says is worth more than that it came back
            said = answer.body.decode().partition('id="errors"')[2].partition("</section>")[0]
            raise Odd(f"reply refused: {' '.join(re.sub('<[^>]*>', ' ', said.partition('>')[2]).split())}")
        expect(answer, 302, f"/topics/{topic}/")

    @staticmethod
    def found(acknowledged: set[str]) -> tuple[Counter[str], list[str]]:
        from linli.common.models import OutboxRow
        from linli.common.outbox_rules import KEPT
        from linli.forum.models import Post
        from linli.search.api import SearchEntry

        times: Counter[str] = Counter()
        events = OutboxRow.objects.filter(kind__startswith="PostWritten>").values_list("key", flat=True)
        told = {key.rpartition(":post:")[2] for key in events}
        # Ten years later a letter that is done may have been forgotten.
        kept = OutboxRow.objects.latest("created_at").created_at - KEPT
        findable = set(SearchEntry.objects.filter(kind="reply").values_list("subject", flat=True))
        alone, posts = [], Post.objects.filter(number__gt=1).order_by("number")
        for post in posts:
            key = post.text.rpartition(" ")[2]
            times[key] += 1
            is_told = str(post.pk) in told or post.at < kept
            if not (is_told and str(post.pk) in findable and key in post.article and str(post.key) == key):
                alone.append(key)
        numbers = [post.number for post in posts]
        if numbers != list(range(2, len(numbers) + 2)):
            alone.append(f"numbers {numbers}")
        return times, alone + _drift()


def _drift() -> list[str]:
    """Counters that are not what there is: now, or when the nightly repair looked."""
    from linli.common import clock
    from linli.forum.actions.repair import repair_counters
    from linli.forum.queries import drift

    found = dict(repair_counters(now=clock.now(), mend=False).found)
    mended = (drift.last() or {}).get("found")
    return [f"counters {what}" for what in (found, mended) if what]


KINDS: dict[str, type[Write]] = {kind.name: kind for kind in (Messages, Claims, Uploads, Replies)}


def writers(book: Book) -> list[Write]:
    """Who writes at the same time."""
    return [Messages(book, 0), Messages(book, 1), Claims(book, 0), Uploads(book, 0), Replies(book, 0), Replies(book, 1)]


def read_book(folder: Path) -> Book:
    book: Book = json.loads((folder / "faults.json").read_text())
    return book
