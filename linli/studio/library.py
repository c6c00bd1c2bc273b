"""What kinds of owners of files there are here, and that their files are everybody's to see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from linli.files.api import Type, register_owner
from linli.sites.api import Site

LIBRARY, BANNER = "studio.library", "studio.banner"


def _anyone(actor: Any, owner_id: str, /) -> bool:
    return True


def _living_library(keys: Iterable[str]) -> set[str]:
    from .models import LibraryFile

    return {str(pk) for pk in LibraryFile.objects.filter(pk__in=list(keys)).values_list("pk", flat=True)}


def _living_sites(keys: Iterable[str]) -> set[str]:
    wanted = [int(key) for key in keys if key.isdecimal()]
    return {str(pk) for pk in Site.objects.filter(pk__in=wanted).values_list("pk", flat=True)}


register_owner(
    LIBRARY, sees=_anyone, living=_living_library, public=True, most=1,
    accepts=(Type.PICTURE, Type.PDF, Type.SHEET, Type.ARCHIVE),
)  # fmt: skip
register_owner(BANNER, sees=_anyone, living=_living_sites, accepts=(Type.PICTURE,), public=True, most=2)
