"""Addresses of sites. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from itertools import count

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST = 40
LEAD = 80
RESERVED = frozenset({"new"})  # routes beside the sites
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class SiteKind(models.TextChoices):
    PLACE = "place", _("地方")
    GROUP = "group", _("群众组织")
    CLUB = "club", _("兴趣小组")
    PARTY = "party", _("党组织")


def plain_slug(latin: str) -> str:
    """A name in Latin letters as an address: `FANGJI XINCUN` gives `fangji-xincun`; nothing usable gives `site`."""
    words = re.findall(r"[a-z0-9]+", latin.lower())
    return "-".join(words)[:LONGEST].strip("-") or "site"


def free_slug(wanted: str, taken: Container[str]) -> str:
    """The address itself, or with the first number that makes it free."""
    if wanted not in taken:
        return wanted
    return next(slug for n in count(2) if (slug := f"{wanted}-{n}") not in taken)


def spell(name: str, romanise: Callable[[str], str]) -> str:
    """The address of a name: Latin words stay words, Chinese is spelled in pinyin without tones."""
    return plain_slug(romanise(name))
