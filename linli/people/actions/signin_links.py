"""One-time sign-in links, and the first administrator who needs one."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.areas.api import cell
from linli.common import audit, clock
from linli.common.errors import UserError
from linli.common.pagecache import bump
from linli.common.text import normalise_phone

from ..account_rules import LINK_LASTS
from ..backends import person_of_phone
from ..models import Person, Post, SigninLink
from ..policy import Actor
from ..rules import Role
from .account import attach_contact, cleaned_name
from .divisions import ensure_district_body


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_signin_link(phone_or_person: str | Person, *, now: datetime, by: Actor | None = None) -> str:
    """The address of a link that signs the person in once within 24 hours; former links of his end.

    Raises UserError where no account has the number.
    """
    person = phone_or_person if isinstance(phone_or_person, Person) else person_of_phone(normalise_phone(phone_or_person))
    if person is None or not person.is_active:
        raise UserError(_("这个手机号没有账号"))
    SigninLink.objects.filter(person=person, used_at=None).update(used_at=now)
    token = secrets.token_urlsafe(32)
    link = SigninLink.objects.create(
        person=person, token_hash=token_hash(token), made_at=now, expires_at=now + LINK_LASTS
    )
    audit.record(actor=by, action="account.link.make", subject=link, about=person, now=now)
    return settings.LINLI_ORIGIN + reverse("account_link", args=[token])


def find_link(*, token: str, now: datetime) -> SigninLink | None:
    """A link that can still be used."""
    links = SigninLink.objects.filter(token_hash=token_hash(token), used_at=None, expires_at__gt=now)
    return links.filter(person__closed_at=None, person__merged_into=None, person__is_active=True).select_related("person").first()


@transaction.atomic
def use_link(*, token: str, now: datetime) -> Person:
    """Spend the link. Raises UserError where it has run out or was used."""
    link = find_link(token=token, now=now)
    if link is None or not SigninLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now):
        raise UserError(_("这个链接用过了，或过了 24 小时"))
    audit.record(actor=Actor(person=link.person), action="account.link.use", subject=link, about=link.person, now=now)
    return link.person


@transaction.atomic
def create_administrator(*, phone: str, name: str = "", now: datetime) -> Person:
    """The first administrator of an instance: an account, the district's body, and two head posts in it.

    Raises UserError for a wrong phone number or before the district is imported.
    """
    area = cell()
    if area is None:
        raise UserError(_("还没有导入区划，先运行 linli areas import"))
    day, number = clock.local_date(now), normalise_phone(phone)
    person = person_of_phone(number)
    if person is None:
        person = Person(display_name=cleaned_name(name or str(_("管理员"))), created_at=now)
        person.set_unusable_password()
        person.save()
        attach_contact(person=person, value=number, now=now)
    body = ensure_district_body(area, day=day)
    for role in (Role.DISTRICT, Role.OPERATOR):
        Post.objects.get_or_create(
            person=person, body=body, role=role, until=None, defaults={"title": str(_("管理员")), "is_head": True, "since": day}
        )
    audit.record(actor=None, action="administrator.make", subject=person, about=person, place=area, now=now)
    bump("posts")
    return person
