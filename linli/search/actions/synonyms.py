"""Which words mean the same."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from linli.common import audit
from linli.common.errors import UserError
from linli.common.pagecache import bump
from linli.common.text import clean
from linli.people.api import Actor

from ..models import Synonym
from ..rules import squash

MOST_WORDS = 6  # of a group
MOST_GROUPS = 500
MOST_LENGTH = 20


@transaction.atomic
def save_group(*, group: int | None, text: str, by: Actor | None, now: datetime) -> int | None:
    """Set the words of a group, or of a new one (`group` None), from a text with commas; fewer than two remove it.

    Raises UserError for words that are too long, too many, or in another group.
    """
    words = _read(text)
    if group is None and len(words) < 2:
        raise UserError(_("一组至少两个词，用逗号隔开"), field="words")
    if group is None:
        if Synonym.objects.values("group").distinct().count() >= MOST_GROUPS:
            raise UserError(_("组太多了，最多 %(n)d 组") % {"n": MOST_GROUPS}, field="words")
        group = (Synonym.objects.aggregate(top=Max("group"))["top"] or 0) + 1
    Synonym.objects.filter(group=group).delete()
    other = Synonym.objects.filter(folded__in=words).first()
    if other is not None:
        raise UserError(_("“%(word)s”已经在另一组里") % {"word": other.word}, field="words")
    kept = words if len(words) > 1 else {}
    Synonym.objects.bulk_create(Synonym(group=group, word=word, folded=folded) for folded, word in kept.items())
    audit.record(actor=by, action="search.synonyms", detail={"group": group, "words": len(kept)}, now=now)
    bump("synonyms")
    return group if kept else None


def _read(text: str) -> dict[str, str]:
    if len(text) > MOST_WORDS * (MOST_LENGTH + 10):
        raise UserError(_("一组最多 %(n)d 个词") % {"n": MOST_WORDS}, field="words")
    words: dict[str, str] = {}
    for part in re.split(r"[,，、;；=＝\n]+", clean(text)):  # data: what people put between words
        word = " ".join(clean(part).split())
        if not word:
            continue
        if len(word) > MOST_LENGTH or not 2 <= len(squash(word)) <= MOST_LENGTH:
            raise UserError(_("每个词 2 到 %(n)d 个字") % {"n": MOST_LENGTH}, field="words")
        words.setdefault(squash(word), word)
    if len(words) > MOST_WORDS:
        raise UserError(_("一组最多 %(n)d 个词") % {"n": MOST_WORDS}, field="words")
    return words
