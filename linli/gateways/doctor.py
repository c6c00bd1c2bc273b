"""What the doctor and the gauges say of the gateways."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min
from django.utils.translation import gettext_lazy as _

from linli.common import doctor
from linli.common.ops import metrics

from .api import is_ready
from .models import OutgoingMessage
from .rules import Channel, State

LATE = timedelta(minutes=15)
RECENT = timedelta(days=1)
NAMES = {Channel.SMS: _("短信网关"), Channel.EMAIL: _("邮件网关")}


@doctor.check(30)
def gateways(now: datetime) -> Iterator[doctor.Line]:
    for channel, name in NAMES.items():
        key, set_up = f"gateway-{channel}", is_ready(channel)
        late = OutgoingMessage.objects.filter(channel=channel, state=State.QUEUED, created_at__lt=now - LATE, expires_at__gt=now)
        found = late.aggregate(number=Count("pk"), oldest=Min("created_at"))
        failed = OutgoingMessage.objects.filter(channel=channel, state=State.FAILED, ended_at__gt=now - RECENT).count()
        if not set_up:
            todo = _("在 instance.json 里设好，见 docs/reference/gateways.md")
            soon = channel == Channel.EMAIL or settings.LINLI_INSTANCE.is_demo
            yield doctor.wrong(key, name, _("没有设好，验证码和通知都发不出去"), todo, soon=soon)
        elif found["number"]:
            minutes = int((now - found["oldest"]).total_seconds() // 60)
            text, todo = _("积了 %(number)d 条，最早的等了 %(minutes)d 分钟"), _("看对方的网关通不通、账号余额够不够；原因在 log/linli.log")
            yield doctor.wrong(key, name, text, todo, number=found["number"], minutes=minutes)
        elif failed:
            todo = _("号码错的不用管；一下子很多，就问网关那边为什么退")
            yield doctor.wrong(key, name, _("一天里有 %(number)d 条没发出去"), todo, soon=True, number=failed)
        else:
            yield doctor.well(key, name, _("设好了，没有积压"))


@metrics.gauge
def outgoing(now: datetime) -> Iterator[metrics.Sample]:
    """Messages that wait, by channel; always a line a channel, so that none is silent."""
    waiting = OutgoingMessage.objects.filter(state=State.QUEUED).order_by().values_list("channel").annotate(Count("pk"))
    found = dict(waiting)
    for channel in Channel:
        labels = {"channel": str(channel.value)}
        yield metrics.Sample("linli_messages_waiting", "SMS and e-mails not handed over yet.", found.get(channel.value, 0), labels)
