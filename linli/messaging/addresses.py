"""Addresses of our pages for letters, and the link that ends them without signing in.

The link carries an encrypted value: it names nobody to whoever sees it.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from linli.common.sealed import SealBroken, seal, unseal

from .rules import Group

_CONTEXT = "messaging|unsubscribe"


def absolute(path: str) -> str:
    return f"{settings.LINLI_ORIGIN}{path}"


def unsubscribe(person: UUID, group: str) -> str:
    """Where one press ends the mail of that group."""
    return absolute(reverse("messaging:unsubscribe", kwargs={"token": str(seal(f"{person.hex}|{group}", _CONTEXT))}))


def read_token(token: str) -> tuple[UUID, Group] | None:
    """Whose mail of which group; None for a link that does not open."""
    try:
        person, _bar, group = unseal(token, _CONTEXT).partition("|")
        return UUID(person), Group(group)
    except (SealBroken, ValueError):
        return None


def mail_text(text: str, link: str, away: str, language: str) -> str:
    """The letter, the way to what it is about (else to the inbox), the way out."""
    with translation.override(language):
        page = absolute(link or reverse("messaging:inbox"))
        return "\n\n".join([text, _("登录后看：%(page)s") % {"page": page}, _("不想再收这类邮件：%(away)s") % {"away": away}])
