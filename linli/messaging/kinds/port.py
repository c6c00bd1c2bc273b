"""What a kind of message is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import translation

from ..rules import Channel, Group

Words = Mapping[str, Any]


@dataclass(frozen=True)
class Template:
    """Title, text and SMS with `%(word)s` in them, translated when a person reads.

    `link` is a route of ours, `link_words` the words that are its arguments.

    `sample` fills the page on which staff see how it looks.
    """

    key: str
    group: Group
    title: Any
    text: Any
    sms: Any
    channels: tuple[Channel, ...] = (Channel.SMS, Channel.EMAIL)
    link: str = ""
    link_words: tuple[str, ...] = ()
    link_label: Any = ""
    sample: Words = field(default_factory=dict)

    def address(self, words: Words) -> str:
        """Where the link leads for a message with these words; empty where there is none."""
        return reverse(self.link, args=[words[name] for name in self.link_words]) if self.link else ""


@dataclass(frozen=True)
class Said:
    """A message in one language."""

    title: str
    text: str
    sms: str


def say(template: Template, words: Words, language: str) -> Said:
    """Fill the words in. A word that is missing raises KeyError: a template's test finds it."""
    with translation.override(language):
        title, text, sms = (str(part) % words for part in (template.title, template.text, template.sms))
    return Said(title, text, sms)
