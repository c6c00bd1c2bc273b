"""Making an account for somebody who stands at the counter, or who is to hold a post."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as in_words
from django.utils.translation import gettext_lazy as _

from linli.common import audit, clock
from linli.common.errors import NotAllowed, UserError
from linli.common.text import normalise_phone
from linli.gateways.api import Kind, send_sms

from ..account_rules import is_under_14
from ..backends import person_of_phone
from ..models import Person
from ..permissions import P
from ..policy import Actor
from ..queries.reach import ENROLLED, acting_place
from .account import attach_contact, cleaned_name
from .signin_links import make_signin_link


@transaction.atomic
def enrol_person(*, actor: Actor, name: str, legal_name: str, born: date | None, now: datetime) -> Person:
    """An account without a phone, made in person; its card is the way in. Raises NotAllowed, UserError.

    A child under 14 is entered by its guardian, not here.
    """
    if not actor.paths_for(P.PEOPLE_ENROL):
        raise NotAllowed(_("没有找到"))
    day = clock.local_date(now)
    if born is not None and not date(1900, 1, 1) <= born <= day:
        raise UserError(_("出生日期要在 1900年到今天之间"), field="born")
    if born is not None and is_under_14(born, day):
        raise UserError(_("不满 14 周岁，要由监护人在自己的账号里添加"), field="born")
    person = Person(
        display_name=cleaned_name(name or legal_name), legal_name=cleaned_name(legal_name), created_at=now,
        born=born.isoformat() if born else "",
    )  # fmt: skip
    person.set_unusable_password()
    person.save()
    audit.record(actor=actor, action=ENROLLED, subject=person, about=person, place=acting_place(actor), now=now)
    return person


@transaction.atomic
def enrol_for_post(*, actor: Actor, name: str, phone: str, now: datetime) -> Person:
    """An account for somebody who gets a post; the way in is a one-time link to his phone.

    Raises NotAllowed without any right to appoint, UserError for a wrong number or one that has an account.
    """
    if not actor.paths_for(P.POSTS_APPOINT):
        raise NotAllowed(_("没有找到"))
    try:
        number = normalise_phone(phone)
    except UserError as error:
        raise UserError(error.message, field="phone") from None
    if person_of_phone(number) is not None:
        raise UserError(_("这个号码已经有账号了，请回上一步查找"), field="phone")
    person = Person(display_name=cleaned_name(name), legal_name=cleaned_name(name), created_at=now)
    person.set_unusable_password()
    person.save()
    attach_contact(person=person, value=number, now=now)
    audit.record(actor=actor, action="person.enrol.post", subject=person, about=person, place=acting_place(actor), now=now)
    link = make_signin_link(person, now=now, by=actor)
    with translation.override(person.language):
        text = in_words("给您开了账号。24 小时内点这个链接登录，只能用一次：%(link)s") % {"link": link}
    send_sms(to=number, text=text, kind=Kind.SECURITY, now=now, person=person)
    return person
