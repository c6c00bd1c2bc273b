"""What may be uploaded, by its content alone. Pure: bytes in, answers out; nothing is decoded or unpacked here."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from typing import IO

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.common.errors import UserError

MEGABYTE = 1024 * 1024
MOST_PIXELS = 24_000_000
MOST_SIDE = 12_000
UNPACKED = 200 * MEGABYTE
MOST_RATIO = 120  # unpacked to packed, of the whole and of each part
MOST_MEMBERS = 2_000
SIDES = {"large": 2048, "medium": 960, "small": 320}
KEPT = "file"  # the one size of what is no picture
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_SOF = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}


class Type(models.TextChoices):
    """What a file is."""

    PICTURE = "picture", _("图片")
    PDF = "pdf", "PDF"
    SHEET = "sheet", _("表格")
    ARCHIVE = "archive", _("压缩包")


MOST_BYTES = {Type.PICTURE: 20 * MEGABYTE, Type.PDF: 20 * MEGABYTE, Type.SHEET: 20 * MEGABYTE, Type.ARCHIVE: 50 * MEGABYTE}
MIME = {Type.PDF: "application/pdf", Type.SHEET: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Type.ARCHIVE: "application/zip"}  # fmt: skip
SUFFIX = {Type.PICTURE: "webp", Type.PDF: "pdf", Type.SHEET: "xlsx", Type.ARCHIVE: "zip"}


def tell_type(stream: IO[bytes], size: int) -> Type:
    """What the bytes are. Raises UserError for what is empty, too large, of no known type or of two types at once.

    Of a picture the size in pixels is read from its header, of an archive the list of its members; no more.
    """
    if not size:
        raise UserError(_("这个文件是空的"), field="file")
    stream.seek(0)
    head = stream.read(64)
    kind = _by_head(stream, head)
    if size > MOST_BYTES[kind]:
        raise UserError(
            format_lazy(_("文件太大：最多 {n} MB"), n=MOST_BYTES[kind] // MEGABYTE), field="file"
        )
    if kind in (Type.PICTURE, Type.PDF) and zipfile.is_zipfile(stream):
        raise UserError(_("这个文件里还藏着一个压缩包，不能收"), field="file")
    if kind == Type.PICTURE:
        check_picture(stream, head)
    elif kind in (Type.SHEET, Type.ARCHIVE):
        kind = check_archive(stream, size)
    stream.seek(0)
    return kind


def _by_head(stream: IO[bytes], head: bytes) -> Type:
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return Type.PICTURE
    if head.startswith(b"%PDF-"):
        return Type.PDF
    if head.startswith(b"PK\x03\x04"):
        return Type.ARCHIVE
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"avif", b"heif"):
        raise UserError(_("这种照片格式（HEIC）还不支持，请在手机里改成“兼容性最佳”，或者截一张图"), field="file")
    if head.startswith(_OLE):
        raise UserError(_("旧的 Office 格式不收，请另存成 PDF 或 xlsx"), field="file")
    raise UserError(_("只收照片（JPEG、PNG、WebP）和 PDF；这个文件不是"), field="file")


# Pictures


def check_picture(stream: IO[bytes], head: bytes) -> tuple[int, int]:
    """Width and height from the header. Raises UserError for a picture too large to decode, or without a size."""
    stream.seek(0)
    try:
        if head.startswith(b"\x89PNG"):
            width, height = _png_size(stream)
        elif head.startswith(b"\xff\xd8"):
            width, height = _jpeg_size(stream)
        else:
            width, height = _webp_size(stream)
    except (struct.error, IndexError, ValueError) as error:
        raise UserError(_("这张图片打不开，可能坏了"), field="file") from error
    if not width or not height:
        raise UserError(_("这张图片打不开，可能坏了"), field="file")
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise UserError(_("图片太大：最多 2400 万像素。请用手机的普通模式拍，或者先缩小"), field="file")
    return width, height


def _png_size(stream: IO[bytes]) -> tuple[int, int]:
    data = stream.read(33)
    if data[12:16] != b"IHDR":
        raise ValueError("no IHDR")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(stream: IO[bytes]) -> tuple[int, int]:
    """The frame header; a second one is refused where it is larger, so the largest counts."""
    stream.seek(2)
    for _segment in range(400):
        byte = stream.read(1)
        if byte != b"\xff":
            raise ValueError("no marker")
        marker = stream.read(1)
        while marker == b"\xff":
            marker = stream.read(1)
        code = marker[0]
        if code in _SOF:
            _length, _bits, height, width = struct.unpack(">HBHH", stream.read(7))
            return width, height
        if code in (0xD9, 0xDA):
            break
        if code == 0x01 or 0xD0 <= code <= 0xD7:
            continue
        (length,) = struct.unpack(">H", stream.read(2))
        if length < 2:
            raise ValueError("bad segment")
        stream.seek(length - 2, io.SEEK_CUR)
    raise ValueError("no frame")


def _webp_size(stream: IO[bytes]) -> tuple[int, int]:
    data = stream.read(40)
    chunk = data[12:16]
    if chunk == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if chunk == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError("unknown WebP")


# Archives


def check_archive(stream: IO[bytes], size: int) -> Type:
    """Whether it is a workbook or another archive, from the list of its members.

    Raises UserError where unpacking would take too much or leaves its folder, and for a password.
    """
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as packed:
            members = packed.infolist()
            names = {member.filename for member in members}
            _check_members(members, size)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise UserError(_("这个压缩文件打不开，可能坏了"), field="file") from error
    return Type.SHEET if {"[Content_Types].xml", "xl/workbook.xml"} <= names else Type.ARCHIVE


def _check_members(members: list[zipfile.ZipInfo], size: int) -> None:
    total = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MOST_MEMBERS or total > UNPACKED or total > max(size, 1024) * MOST_RATIO or packed > size:
        raise UserError(_("这个压缩文件展开后太大"), field="file")
    starts = [member.header_offset for member in members]
    if len(set(starts)) < len(starts):
        raise UserError(_("这个压缩文件打不开，可能坏了"), field="file")  # members that share their bytes: a bomb
    for member in members:
        name = member.filename
        if member.flag_bits & 0x1:
            raise UserError(_("这个压缩文件加了密码，请去掉密码再传"), field="file")
        if name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name) or ".." in re.split(r"[/\\]", name):
            raise UserError(_("这个压缩文件里有不安全的路径"), field="file")
        if member.file_size > max(member.compress_size, 1024) * MOST_RATIO:
            raise UserError(_("这个压缩文件展开后太大"), field="file")


# Downloads


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of a `Range` header with one range; None where it asks for the whole (or is unreadable).

    Raises ValueError where it lies outside.
    """
    found = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", header.strip())
    if not found or not (found[1] or found[2]):
        return None
    if found[1]:
        first, last = int(found[1]), min(int(found[2]) if found[2] else size - 1, size - 1)
    else:
        first, last = max(0, size - int(found[2])), size - 1
    if first >= size or last < first:
        raise ValueError("outside")
    return first, last


def shown_name(name: str, suffix: str) -> str:
    """The uploader's name for a file, made harmless, for the person who downloads it; never a path of ours."""
    stem = re.sub(r"[\x00-\x1f\x7f<>:\"/\\|?*;%\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", "", name).strip(". ")
    stem = re.sub(r"(?:\.[A-Za-z0-9]{1,5})+$", "", stem)[:80].strip(". ")
    return f"{stem or 'file'}.{suffix}"


# Photos that prove a residency claim

PROOFS = 5
PROOF_DAYS = 90  # after the decision, so that it can be looked at again where somebody objects
