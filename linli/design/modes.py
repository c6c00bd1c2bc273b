"""Display modes: what a person chose for theme, elder mode, text size, contrast and language.

Each choice is a cookie of its own, a plain word without any personal data, kept for a year. The server
is its only writer, so that the modes work without scripts.
"""

from dataclasses import dataclass

from django.conf import settings

# What each choice may be. The first value is the default and is kept by deleting the cookie.
CHOICES = {
    "mode": ("", "elder"),
    "theme": ("", "light", "dark"),
    "size": ("", "2", "3"),
    "contrast": ("", "more"),
}
YEAR = 60 * 60 * 24 * 365


def cookie_name(key: str) -> str:
    return settings.LANGUAGE_COOKIE_NAME if key == "lang" else f"linli_{key}"


def languages() -> list[str]:
    return [code for code, _ in settings.LANGUAGES]


@dataclass(frozen=True)
class Modes:
    """The modes of one request; templates write them as attributes of `<html>`."""

    mode: str = ""
    theme: str = ""
    size: str = ""
    contrast: str = ""
    lang: str = "zh-hans"

    @property
    def elder(self) -> bool:
        return self.mode == "elder"

    @property
    def html_lang(self) -> str:
        return "zh-Hans" if self.lang == "zh-hans" else self.lang

    @property
    def next_size(self) -> str:
        """The size that one press of 字号 brings: standard, large, largest, standard."""
        return {"": "2", "2": "3", "3": "1"}[self.size]


def read(cookies: dict[str, str]) -> Modes:
    """The modes these cookies ask for; an unknown value counts as none."""
    values = {key: _known(key, cookies.get(cookie_name(key), "")) for key in CHOICES}
    lang = cookies.get(cookie_name("lang"), "")
    return Modes(**values, lang=lang if lang in languages() else settings.LANGUAGE_CODE)


def canonical(cookies: dict[str, str]) -> str:
    """The Cookie header that asks for just these modes; empty for the usual ones."""
    if not cookies:
        return ""
    chosen = read(cookies)
    values = {key: getattr(chosen, key) for key in CHOICES}
    values["lang"] = chosen.lang if chosen.lang != settings.LANGUAGE_CODE else ""
    return "; ".join(f"{cookie_name(key)}={value}" for key, value in values.items() if value)


def _known(key: str, value: str) -> str:
    return value if value in CHOICES[key] else ""


def write(response, key: str, value: str) -> None:
    """Set or clear one choice on the response. An unknown key or value is ignored, `off` clears."""
    name = cookie_name(key)
    kept = (key == "lang" and value in languages() and value != settings.LANGUAGE_CODE) or (
        key in CHOICES and value in CHOICES[key][1:]
    )
    if kept:
        secure = getattr(settings, "HTTPS", False)
        response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=secure, httponly=True)
    else:
        response.delete_cookie(name, samesite="Lax")
