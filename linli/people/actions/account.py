"""Making accounts and changing what they are reached by."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.common import audit, findable
from linli.common.errors import UserError
from linli.common.pagecache import bump
from linli.common.sessions import end_sessions
from linli.common.text import clean, fold, normalise_phone
from linli.gateways.api import send_email, send_sms

from ..account_rules import LANGUAGES, NAME_LENGTH
from ..models import Identifier, Person
from ..policy import Actor


def cleaned_name(name: str) -> str:
    """Raises UserError for a name that is none."""
    name = " ".join(clean(name).split())
    if not name:
        raise UserError(_("写一个称呼，邻居看得到，比如 何立群 或 3 幢老何"), field="name")
    if len(name) > NAME_LENGTH:
        raise UserError(_("称呼最多 %(n)d 个字") % {"n": NAME_LENGTH}, field="name")
    return name


def normalise_email(text: str) -> str:
    address = fold(text).replace(" ", "")
    try:
        validate_email(address)
    except ValidationError:
        raise UserError(_("这不像邮箱地址，应像 name@example.cn"), field="to") from None
    return address


def normalise_contact(text: str) -> tuple[Identifier.Kind, str]:
    """Phone or e-mail as typed. Raises UserError."""
    if "@" in fold(text):
        return Identifier.Kind.EMAIL, normalise_email(text)
    try:
        return Identifier.Kind.PHONE, normalise_phone(text)
    except UserError as error:
        raise UserError(error.message, field="to") from None


@transaction.atomic
def sign_up(*, phone: str, name: str, language: str, now: datetime) -> Person:
    """An account for whoever proved the number just now and says that he is 14 or older."""
    person = Person(display_name=cleaned_name(name), created_at=now, language=language if language in dict(LANGUAGES) else "zh-hans")
    person.set_unusable_password()
    person.save()
    attach_contact(person=person, value=phone, now=now)
    audit.record(actor=Actor(person=person), action="account.open", subject=person, about=person, now=now)
    return person


def attach_contact(*, person: Person, value: str, now: datetime) -> Identifier:
    """Add a proved number or address. Raises UserError where another account holds it."""
    kind = Identifier.Kind.EMAIL if "@" in value else Identifier.Kind.PHONE
    held = Identifier.objects.current().of_value(value).exclude(verified_at=None).first()
    if held and held.person_id == person.pk:
        return held
    taken = UserError(_("这个号码或邮箱已在另一个账号上。是您自己的，就去“合并账号”"), field="to")
    if held:
        raise taken
    try:
        with transaction.atomic():
            return Identifier.objects.create(person=person, kind=kind, value=value, verified_at=now)
    except IntegrityError:
        raise taken from None


@transaction.atomic
def change_contact(*, person: Person, value: str, by: Actor, now: datetime, keep_session: str | None = None) -> Identifier:
    """Replace the person's number (or address) by one he proved just now; other sessions end, the old one is told."""
    kind = Identifier.Kind.EMAIL if "@" in value else Identifier.Kind.PHONE
    old = list(person.identifiers.current().filter(kind=kind))
    row = attach_contact(person=person, value=value, now=now)
    for former in old:
        if former.pk == row.pk:
            continue
        tell(former, _("您账号上的这个号码或邮箱已换成新的。不是您本人换的，请马上到社区服务站找我们。"), now)
        retire(former, why="changed", now=now)
    audit.record(actor=by, action=f"account.{kind}.change", subject=row, about=person, now=now)
    end_sessions(person.pk, but=keep_session)
    return row


@transaction.atomic
def remove_contact(*, person: Person, row: Identifier, by: Actor, now: datetime, keep_session: str | None = None) -> None:
    """Give up a number or address. Raises UserError for the last way to sign in."""
    others = person.identifiers.current().filter(kind=Identifier.Kind.PHONE).exclude(pk=row.pk).exclude(verified_at=None)
    if row.kind == Identifier.Kind.PHONE and not others.exists() and not person.has_usable_password():
        raise UserError(_("这是您唯一的登录方式。先设一个密码，再删号码"))
    retire(row, why="removed", now=now)
    audit.record(actor=by, action=f"account.{row.kind}.remove", subject=row, about=person, now=now)
    end_sessions(person.pk, but=keep_session)


@transaction.atomic
def disown_number(*, phone: str, now: datetime) -> Person | None:
    """The number was given to somebody else since: take it from the former holder's account and tell him elsewhere.

    Only after a code to the number was typed right. The former account stays and can be recovered in person.
    """
    row = Identifier.objects.current().of_value(phone).exclude(verified_at=None).select_related("person").first()
    if row is None:
        return None
    retire(row, why="recycled", now=now)
    for other in row.person.identifiers.current().exclude(verified_at=None):
        tell(other, _("有人证明您以前的手机号现在归他用，这个号码已从您的账号上取下。请带身份证到社区服务站换号。"), now)
    audit.record(actor=None, action="account.phone.recycled", subject=row, about=row.person, now=now)
    end_sessions(row.person_id)
    return row.person


def retire(row: Identifier, *, why: str, now: datetime) -> None:
    row.retired_at, row.retired_why = now, why
    row.save(update_fields=["retired_at", "retired_why"])


def tell(row: Identifier, text: object, now: datetime) -> None:
    """A message about the account's safety to one of its numbers or addresses."""
    if row.kind == Identifier.Kind.EMAIL:
        send_email(to=row.value, subject=str(_("您的账号有变动")), text=str(text), kind="security", now=now, person=row.person_id)
    else:
        send_sms(to=row.value, text=str(text), kind="security", now=now, person=row.person_id)


@transaction.atomic
def change_name(*, person: Person, name: str, language: str, by: Actor, now: datetime) -> None:
    person.display_name = cleaned_name(name)
    if language in dict(LANGUAGES):
        person.language = language
    person.save(update_fields=["display_name", "language"])
    audit.record(actor=by, action="account.name", subject=person, about=person, now=now)
    findable.changed("person", [person.pk])
    bump("posts")


@transaction.atomic
def set_password(*, person: Person, password: str, by: Actor, now: datetime, keep_session: str | None = None) -> None:
    """Set the password; every other session ends. Raises UserError for one that is too weak."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise UserError(" ".join(error.messages), field="password") from None
    person.set_password(password)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])
    audit.record(actor=by, action="account.password", subject=person, about=person, now=now)
    end_sessions(person.pk, but=keep_session)


