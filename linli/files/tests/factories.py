"""Uploads of every bad kind, made here. Not collected by pytest."""

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from linli.files import api

KIND = "test.thing"
ALIVE, VIEWERS = set(), {}


def register(**facts):
    """A kind of owner whose things may be seen by the persons in VIEWERS, or by everybody ("*")."""
    ALIVE.clear(), VIEWERS.clear()

    def sees(actor, owner_id):
        allowed = VIEWERS.get(owner_id, ())
        return "*" in allowed or actor.person_id in allowed

    api.register_owner(
        KIND, sees=sees, living=lambda keys: set(keys) & ALIVE, accepts=list(api.Type), **{"most": 50, **facts}
    )


def uploaded(content, name="照片.jpg"):
    return SimpleUploadedFile(name, content)


def picture(width=800, height=600, form="JPEG", **save):
    image = Image.effect_noise((width, height), 30).convert("RGB")
    out = io.BytesIO()
    image.save(out, form, **save)
    return out.getvalue()


def with_gps(turned=6):
    """A JPEG whose metadata say where it was taken, by whom, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "CANARY-CAMERA"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 14.0, 3.0), 3: "E", 4: (121.0, 28.0, 1.0)})
    return picture(800, 400, exif=exif, comment=b"CANARY-COMMENT")


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def huge_png(width=12_000, height=12_000):
    """144 megapixels of nothing in a few kilobytes."""
    row = b"\x00" * (width // 8 + 1)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row) for _line in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def text_bomb():
    """A small PNG whose comment unpacks to 300 MB."""
    data = b"key\x00\x00" + zlib.compress(b"a" * 300_000_000, 9)
    small = picture(20, 20, "PNG")
    return small[:33] + _chunk(b"zTXt", data) + small[33:]


def archive(members, compress=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compress) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return out.getvalue()


def overlapping_bomb():
    """An archive whose members all share one stream of bytes."""
    content = bytearray(archive({"a.txt": b"0" * 100_000, "b.txt": b"0" * 100_000}))
    at = content.rfind(b"PK\x01\x02")
    content[at + 42 : at + 46] = (0).to_bytes(4, "little")
    return bytes(content)


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
