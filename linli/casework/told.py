"""What the reporter is told: by his account, else by the sealed phone; of whom nothing is known, nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.common.sealed import digests
from linli.gateways.api import Kind, send_sms
from linli.messaging.api import Channel, Group, Template, register, tell

from .models import Case, Identity
from .rules.words import Secrecy

RECEIVED = register(
    Template(
        key="cases.received", group=Group.AFFAIRS, title=_("您反映的事收到了，最晚%(month)s月%(day)s日答复"),
        text=_("%(desk)s受理。办到哪一步，在“我反映的”里看；有变化都会告诉您。"),
        sms=_("您反映的事%(desk)s收到了，最晚%(month)s月%(day)s日答复。凭查询码看进度。"),
        channels=(Channel.SMS, Channel.EMAIL), link="casework:mine", link_label=_("看我反映的"),
        sample={"desk": _("青砖里居委会"), "month": 5, "day": 22},
    )
).key  # fmt: skip


def tell_reporter(case: Case, template: str, now: datetime, **words: Any) -> None:
    """Tell whoever reported, once for each template and version of the case.

    The message names neither the case nor its code: of a confidential one nothing may lead from the account to it.
    """
    person, phone = _whom(case)
    key = f"{template}:{digests('case.told', f'{case.pk}|{case.version}')[0][:40]}"
    if person is not None:
        tell(template=template, key=key, person=person, context=words, now=now)
    elif phone and template == RECEIVED:
        send_sms(to=phone, text=_SMS % words, kind=Kind.NOTICE, now=now)


_SMS = _("您反映的事%(desk)s收到了，最晚%(month)s月%(day)s日答复。凭查询码看进度。")


def _whom(case: Case) -> tuple[UUID | None, str]:
    if case.secrecy == Secrecy.ANONYMOUS:
        return None, ""
    if case.reporter_id is not None:
        return case.reporter_id, ""
    identity = Identity.objects.filter(case=case).first()
    if identity is None:
        return None, ""
    return (UUID(identity.person), "") if identity.person else (None, identity.phone)
