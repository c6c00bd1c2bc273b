"""Tell a person what became of his affair, where he left a number; the page says the same to everybody."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from linli.gateways.api import Kind, send_sms

from ..models import Identifier, Person, Residency
from ..rules import ResidencyState


def tell_decision(*, residency: Residency, place: str, now: datetime) -> bool:
    """A short message about the new state, without the home's number: SMS are read over shoulders. False without a phone."""
    person: Person = residency.person
    phone = person.identifiers.current().filter(kind=Identifier.Kind.PHONE).exclude(verified_at=None).first()
    if phone is None:
        return False
    with translation.override(person.language):
        if residency.state == ResidencyState.VERIFIED:
            text = _("%(place)s：您的住处核实好了，登录后就能用。") % {"place": place}
        else:
            text = _("%(place)s：您的住处没有通过核实，原因和下一步请登录看“我的住处”。") % {"place": place}
    send_sms(to=phone.value, text=text, kind=Kind.NOTICE, now=now, person=person)
    return True
