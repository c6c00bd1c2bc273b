"""Pictures made anew: only their pixels are kept, turned upright, in three sizes of WebP."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext_lazy as _
from PIL import Image

from linli.common.errors import UserError

from .rules import MOST_PIXELS, SIDES

ORIENTATION = 0x0112
_TURN = Image.Transpose
_TURNS = {
    2: _TURN.FLIP_LEFT_RIGHT, 3: _TURN.ROTATE_180, 4: _TURN.FLIP_TOP_BOTTOM, 5: _TURN.TRANSPOSE, 6: _TURN.ROTATE_270,
    7: _TURN.TRANSVERSE, 8: _TURN.ROTATE_90,
}  # fmt: skip
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
                turn = _TURNS.get(opened.getexif().get(ORIENTATION, 1))
                plain = _plain(opened)
                plain = plain if turn is None else plain.transpose(turn)
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
    """A picture no larger than the largest size, of the same pixels and nothing else."""
    clear = image.mode in ("RGBA", "LA", "PA") or (image.mode == "P" and "transparency" in image.info)
    mode = "RGBA" if clear else "RGB"
    side = (SIDES["large"], SIDES["large"])
    if image.mode in ("RGB", "L", "CMYK", "RGBA", "LA"):
        image.thumbnail(side)  # a JPEG is decoded no larger than needed
    small = image if image.mode == mode else image.convert(mode)
    small.thumbnail(side)
    bare = Image.new(mode, small.size)
    bare.paste(small)
    return bare
