"""Photos that lie with an open claim, drawn here: a lease and a certificate as they look from across the desk."""

from __future__ import annotations

import io
from datetime import datetime

from PIL import Image, ImageDraw

from linli.files.api import store_upload
from linli.people.api import Actor, Residency

TABLE, PAPER, INK, SEAL = (176, 138, 98), (246, 243, 234), (70, 76, 84), (176, 42, 36)
SHEETS = [("租房合同第一页", False), ("租房合同签字页，有房东的章", True)]


def add(residency: Residency, at: datetime) -> None:
    for n, (alt, sealed) in enumerate(SHEETS):
        by = Actor(person=residency.person)
        store_upload(
            _sheet(n, sealed), owner=("claim.proof", residency.pk), by=by, purpose="claim", alt=alt, now=at
        )


def _sheet(n: int, sealed: bool) -> io.BytesIO:
    """A page on a wooden table: a title, lines of writing, and the landlord's seal."""
    picture = Image.new("RGB", (900, 1200), TABLE)
    draw = ImageDraw.Draw(picture)
    for y in range(0, 1200, 90):
        draw.line((0, y, 900, y + 20), fill=(164, 126, 88), width=5)
    draw.polygon([(86, 64), (838, 88), (812, 1146), (58, 1120)], fill=PAPER, outline=(205, 200, 188))
    draw.rectangle((300, 150, 600, 186), fill=INK)
    for line in range(22 - 6 * sealed):
        y, end = 250 + 36 * line, 730 - (line * 53 + n * 91) % 210
        draw.rectangle((150, y, end, y + 9), fill=(128, 132, 138))
    if sealed:
        draw.ellipse((540, 880, 720, 1060), outline=SEAL, width=10)
        draw.regular_polygon((630, 970, 36), 5, fill=SEAL)
        draw.line((170, 960, 250, 930, 300, 980, 420, 940), fill=INK, width=7, joint="curve")
    found = io.BytesIO()
    picture.save(found, "JPEG", quality=85)
    found.seek(0)
    return found
