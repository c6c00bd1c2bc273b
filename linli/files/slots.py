"""The photos of a claim on the pages of people; the words for the audit log."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from linli.common import clock, slots
from linli.people.api import Residency, ResidencyState, register_audit_words

from .proof_owner import LOOK, decides, is_own, note_look, proofs_of
from .rules import PROOFS
from .views.proofs import at_desk, shots


def proof_box(request: HttpRequest, *, row: Residency, desk: bool = False) -> Iterable[slots.Box]:
    """To the person the way to add photos; to the desk the photos, and a line in the log that they were shown."""
    actor = request.actor  # type: ignore[attr-defined]
    there = proofs_of(row)
    if desk:
        if not there or not decides(actor, row):
            return []
        if request.method != "HEAD":
            note_look(actor, row, "small", clock.now(), count=len(there))
        return [slots.Box("files/proof_desk.html", {"row": row, "shots": shots(there, url=at_desk)})]
    waits = row.state == ResidencyState.CLAIMED
    if not is_own(actor, row) or not (waits or there):
        return []
    return [
        slots.Box(
            "files/proof_box.html",
            {"row": row, "shots": shots(there), "waits": waits, "left": PROOFS - len(there)},
        )
    ]


register_audit_words(
    {
        LOOK: _("看了您认领住处时传的照片"),
        "claim.proof.add": _("给住处认领加了一张照片"),
        "claim.proof.remove": _("删了住处认领的一张照片"),
    }
)
slots.fill("claim.proof", proof_box)
