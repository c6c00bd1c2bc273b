"""How text becomes words, how a question is read, and in which order things stand. Pure.

Chinese has no blanks, so a run of its characters is cut into single characters and pairs; Latin words and numbers
stay whole. Words are written in ASCII (`u67f3u6e21`), so that no tokenizer of a database has an opinion on them.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.common.errors import UserError
from linli.common.text import clean

MOST_TYPED = 60  # characters of a question
MOST_PARTS = 8
MOST_VARIANTS = 6  # spellings of one part
MOST_TITLE = 200
MOST_TEXT = 20_000
_NEAR = 400  # letters in which a hit is looked for first
_CHINESE = 0x2E80  # from the CJK radicals on: scripts that are written without blanks
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\ud800-\udfff\x00]")
_BLANK = re.compile(r"\s+")
_MS_BITS, _LOW_BITS = 42, 16
_MOST_MS = (1 << _MS_BITS) - 1


class Audience(models.TextChoices):
    """Who may find a thing."""

    PUBLIC = "public", _("所有人")
    MEMBERS = "members", _("这个地方的成员")
    STAFF = "staff", _("有权限的工作人员")
    PERSON = "person", _("本人")


def squash(text: str) -> str:
    """Text for comparing: NFKC, lower case, blanks only between two Latin words.

    `纺机新村 3 幢` and `纺机新村３幢` are one.
    """
    plain = unicodedata.normalize("NFKC", clean(_PRIVATE.sub("", text))).lower()
    return _BLANK.sub(lambda found: " " if _between_words(plain, found) else "", plain.strip())


def _between_words(text: str, blank: re.Match[str]) -> bool:
    before, after = text[blank.start() - 1 : blank.start()], text[blank.end() : blank.end() + 1]
    return all(c and c.isalnum() and ord(c) < _CHINESE for c in (before, after))


def _runs(text: str) -> Iterator[tuple[bool, str]]:
    """Runs of squashed text: whether they are Chinese, and the run."""
    run, chinese = "", False
    for char in text:
        if not (char.isalnum() or unicodedata.category(char)[0] == "M"):
            if run:
                yield chinese, run
            run = ""
            continue
        here = ord(char) >= _CHINESE
        if run and here != chinese:
            yield chinese, run
            run = ""
        run, chinese = run + char, here
    if run:
        yield chinese, run


def _chinese_word(chars: str) -> str:
    return "".join(f"u{ord(char):x}" for char in chars)


def _latin_word(run: str) -> str:
    return "w" + "".join(char if char.isascii() else f"u{ord(char):x}" for char in run)


def words_of(text: str) -> Iterator[str]:
    """The words of squashed text: characters and pairs of a Chinese run, a Latin run or number whole."""
    for chinese, run in _runs(text):
        if not chinese:
            yield _latin_word(run)
            continue
        for n, char in enumerate(run):
            yield _chinese_word(char)
            if n:
                yield _chinese_word(run[n - 1 : n + 1])


def cut(text: str, tags: Iterable[str] = ()) -> str:
    """The words to be indexed, once each, with the tags by which entries are picked."""
    return " ".join(dict.fromkeys([*tags, *words_of(text)]))


def kind_tag(kind: str) -> str:
    return "k" + kind.encode().hex()


def public_tag(audience: str) -> str:
    return "apublic" if audience == Audience.PUBLIC else "aother"


@dataclass(frozen=True)
class Word:
    """A word of a question; `begins`: longer words that begin with it are meant too."""

    text: str
    begins: bool = False


@dataclass(frozen=True)
class Variant:
    """One spelling: all its words have to be there, and where they are more than one, the text as it stands."""

    text: str
    words: tuple[Word, ...]

    @property
    def certain(self) -> bool:
        """Whether the words alone say that the text is there."""
        return len(self.words) == 1 and self.text.isalnum()


def variant(text: str) -> Variant | None:
    """A squashed text as something to look for; None where it holds no word."""
    words: list[Word] = []
    for chinese, run in _runs(text):
        if not chinese:
            words.append(Word(_latin_word(run), begins=True))
        elif len(run) == 1:
            words.append(Word(_chinese_word(run)))
        else:
            words += [Word(_chinese_word(run[n : n + 2])) for n in range(len(run) - 1)]
    return Variant(text, tuple(dict.fromkeys(words))) if words else None


@dataclass(frozen=True)
class Question:
    """Every part has to be found, in one of its spellings."""

    typed: str
    parts: tuple[tuple[Variant, ...], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.text for part in self.parts for one in part))

    @property
    def added(self) -> tuple[str, ...]:
        """Spellings that synonyms brought in."""
        return tuple(dict.fromkeys(one.text for part in self.parts for one in part[1:]))


def read_question(typed: str, synonyms: Mapping[str, Sequence[str]]) -> Question | None:
    """What a person looks for; None where he typed nothing.

    `synonyms` maps a squashed word to the others of its group. Raises UserError for what is too long, has too many
    parts, or nothing but signs.
    """
    if len(typed) > MOST_TYPED * 4 or len(clean(typed)) > MOST_TYPED:
        raise UserError(_("写得太长了，最多 %(n)d 个字") % {"n": MOST_TYPED}, field="q")
    said = [text for text in (squash(word) for word in clean(typed).split()) if text]
    if not said:
        return None
    parts = [found for text in dict.fromkeys(said) if (found := _spellings(text, synonyms))]
    if not parts:
        raise UserError(_("只有标点找不到东西，请写几个字"), field="q")
    if len(parts) > MOST_PARTS:
        raise UserError(_("词太多了，最多 %(n)d 个") % {"n": MOST_PARTS}, field="q")
    return Question(clean(typed), tuple(parts))


def _spellings(text: str, synonyms: Mapping[str, Sequence[str]]) -> tuple[Variant, ...]:
    texts = [text]
    for word in sorted((word for word in synonyms if word in text), key=len, reverse=True)[:2]:
        # a word that stands inside another of its group is that other: 居委会 in 居委会办公室, not 物业 in 物业公司
        longer = [other for other in synonyms[word] if word in other and other in text]
        texts += [text.replace(longer[0] if longer else word, other) for other in synonyms[word] if other not in text]
        if longer:
            texts.append(text.replace(longer[0], word))
    found = (variant(one) for one in dict.fromkeys(texts))
    return tuple(one for one in found if one is not None)[:MOST_VARIANTS]


def sort_key(*, kind: str, subject: str, at: datetime | None, first: int, nth: int, step: int = 0) -> int:
    """The key by which entries stand, the highest first: `first`, then time (or `nth`, the lowest first).

    The row's key is the order, so that the newest are read off the index without sorting. `step` parts equals.
    """
    if at is not None and not first:
        middle = min(max(int(at.astimezone(UTC).timestamp() * 1000), 0), _MOST_MS)
    else:
        middle = _MOST_MS - min(max(nth, 0), _MOST_MS)
    low = (zlib.crc32(f"{kind}:{subject}".encode()) + step) & ((1 << _LOW_BITS) - 1)
    return (min(first, 15) << (_MS_BITS + _LOW_BITS)) | (middle << _LOW_BITS) | low


def marked(text: str, wanted: Iterable[str]) -> list[tuple[bool, str]]:
    """The text in pieces, those that were looked for marked; blanks and width do not matter."""
    letters, places = _squashed_with_places(text)
    spans: list[tuple[int, int]] = []
    for word in wanted:
        start = letters.find(word) if word else -1
        while start >= 0:
            spans.append((places[start], places[start + len(word) - 1] + 1))
            start = letters.find(word, start + 1)
    pieces: list[tuple[bool, str]] = []
    done = begun = 0
    for start, end in sorted(spans):
        if start > done or not pieces:
            pieces += [(False, text[done:start]), (True, "")]
            begun = start
        done = max(done, end)
        pieces[-1] = (True, text[begun:done])
    return [piece for piece in [*pieces, (False, text[done:])] if piece[1]]


class _Folds(dict[int, str]):
    """What each character of Unicode is for comparing, made when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = unicodedata.normalize("NFKC", chr(code)).lower()
        return found


_FOLDS = _Folds()


def _squashed_with_places(text: str) -> tuple[str, Sequence[int]]:
    """The text squashed, character by character, and where each letter stood."""
    letters = text.translate(_FOLDS)
    places: Sequence[int] = range(len(text))
    if len(letters) != len(text):  # a sign that is several letters
        places = [at for at, code in enumerate(map(ord, text)) for _letter in _FOLDS[code]]
    done, some, where = 0, "", list[int]()
    for blank in _BLANK.finditer(letters):
        end = blank.start() + _between_words(letters, blank)  # one blank stays
        some += letters[done:end]
        where += places[done:end]
        done = blank.end()
    return (some + letters[done:], [*where, *places[done:]]) if done else (letters, places)


def excerpt(text: str, wanted: Sequence[str], width: int = 90) -> str:
    """The part of the text around the first hit."""
    text = _BLANK.sub(" ", text).strip()
    if len(text) <= width:
        return text
    starts = _starts(text[:_NEAR], wanted) or _starts(text, wanted)  # mostly it stands near the beginning
    start = max(0, min(starts, default=0) - width // 3)
    end = min(len(text), start + width)
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _starts(text: str, wanted: Iterable[str]) -> list[int]:
    """Where each word stands first."""
    letters, places = _squashed_with_places(text)
    return [places[at] for at in (letters.find(word) for word in wanted) if at >= 0]
