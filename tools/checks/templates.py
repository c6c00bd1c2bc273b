"""Templates keep to the strict content policy and leave text escaped."""

from __future__ import annotations

import re

from . import tree

COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->", re.S)
BANS = {
    r"\|\s*safe(seq)?\b": "|safe leaves text unescaped",
    r"\{%\s*autoescape\s+off": "autoescape off leaves text unescaped",
    r"<script(?![^>]*\bsrc=)": "a script inside the page; put it in a file",
    r"<style[\s>]": "a style sheet inside the page; put it in a file",
    r"<[^>]*\sstyle\s*=": "a style attribute; the content policy drops it",
    r"<[a-z][^>]*\son[a-z]+\s*=": "a handler inside the page; listen from a script file",
    r"\bhx-on\b": "hx-on runs code that the content policy forbids",
    r"\bhx-[a-z-]+=[\"'](js|javascript):": "js: runs code that the content policy forbids",
    r"\bhx-trigger=[\"'][^\"']*\[": "a trigger filter runs code that the content policy forbids",
    r"(src|href|action)=[\"'](https?:)?//": "an address of another host",
    r"href=[\"']javascript:": "a script address",
    r"<i>|<em>": "italics: Chinese has none; use <strong> or plain words",
}
OTHER_HOST = "an address of another host"


def forbidden() -> list[str]:
    """What a template may not contain, with file and line."""
    findings = []
    for path in tree.ours(".html"):
        text = COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), path.read_text(encoding="utf-8"))
        for pattern, why in BANS.items():
            for match in re.finditer(pattern, text):
                line = text.count("\n", 0, match.start()) + 1
                if why == OTHER_HOST and _is_plain_link(text, match.start()):
                    continue
                findings.append(f"{tree.name(path)}:{line}: {why}")
    return findings


def _is_plain_link(text: str, at: int) -> bool:
    """A link that the reader follows by himself is no request of the page."""
    return bool(re.search(r"<a\s[^>]*$", text[:at]))
