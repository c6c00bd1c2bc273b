"""Pictures made anew: only their pixels are kept, turned upright, in three sizes of WebP."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from linli.common.errors import UserError

from .rules import MOST_PIXELS, SIDES

FORMATS = ("JPEG", "PNG", "WEBP")
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


@dataclass(frozen=True)
class Made:
    content: bytes
    width: int
    height: int


def make_anew(stream: IO[bytes]) -> dict[str, Made]:
    """The picture in each size, without metadata. `rules.tell_type` has seen its header.

    Raises UserError for what cannot be decoded wholly; animated pictures keep their first image.
    """
    stream.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(stream, formats=FORMATS) as opened:
                opened.draft("RGB", (SIDES["large"], SIDES["large"]))  # a JPEG is decoded no larger than needed
                upright = ImageOps.exif_transpose(opened)
                plain = _plain(upright)
    except (OSError, ValueError, SyntaxError, TypeError, Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise UserError(_("这张图片打不开，可能坏了"), field="file") from error
    made = {}
    for name, side in SIDES.items():  # the largest first: each is scaled from the one before
        plain.thumbnail((side, side), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        plain.save(out, "WEBP", quality=80, method=3, exif=b"", icc_profile=b"", xmp=b"")
        made[name] = Made(out.getvalue(), plain.width, plain.height)
    return made


def _plain(image: Image.Image) -> Image.Image:
    """A picture of the same pixels and nothing else."""
    clear = image.mode in ("RGBA", "LA", "PA") or (image.mode == "P" and "transparency" in image.info)
    mode = "RGBA" if clear else "RGB"
    converted = image if image.mode == mode else image.convert(mode)
    bare = Image.new(mode, converted.size)
    bare.paste(converted)
    return bare
