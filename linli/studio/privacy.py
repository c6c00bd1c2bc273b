"""Personal data in what an editor arranged: found in every text of a page, so that it is asked about before all can read it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

from django.utils.translation import gettext as _

from linli.common.privacy_check import Finding, find_private, say_findings
from linli.people.api import Body
from linli.sites.api import Site

# Fields of a page that hold words, in the order of the form.
FIELDS = ("title", "intro", "steps", "body", "main", "aside")
_INLINE = re.compile(r"</?(?:b|strong|i|em)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


def find_in(values: Mapping[str, Any], site: Site) -> dict[str, list[Finding]]:
    """What looks like personal data, by field; numbers of the offices of the place are none."""
    known = offices_of(site)
    found = {
        name: find_private("\n".join(words_of(values[name])), known=known)
        for name in FIELDS
        if values.get(name)
    }
    return {name: some for name, some in found.items() if some}


def words_of(value: Any) -> Iterator[str]:
    """Every text in a field: of blocks, of lists of blocks, of rich text without its elements."""
    if isinstance(value, str):
        yield value
    elif hasattr(value, "source"):  # rich text
        yield unescape(_TAG.sub("\n", _INLINE.sub("", value.source)))
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from words_of(one)
    elif hasattr(value, "block_type"):
        yield from words_of(value.value)
    elif isinstance(value, Iterable):
        for one in value:
            yield from words_of(one)


def offices_of(site: Site) -> list[str]:
    """Phones that stand for an office, of the place or above it, and of the site's own group."""
    near = [*site.place.ancestor_ids, site.place_id]
    rows = Body.objects.filter(places__area__in=near)
    if site.body_id is not None:
        rows |= Body.objects.filter(pk=site.body_id)
    return list(rows.exclude(phone="").values_list("phone", flat=True).distinct())


def token_of(found: Mapping[str, list[Finding]]) -> str:
    """What a confirmation is about, without saying it: for what comes new it does not hold."""
    said = "|".join(sorted({one.text for some in found.values() for one in some}))
    return hashlib.sha256(said.encode()).hexdigest()[:16] if said else ""


def say(found: Mapping[str, list[Finding]], labels: Mapping[str, Any]) -> str:
    """`标题里有身份证号 310…12；正文里有…`."""
    parts = (
        _("“%(field)s”里有%(what)s") % {"field": labels[name], "what": say_findings(some)}
        for name, some in found.items()
    )
    return _("；").join(parts)
