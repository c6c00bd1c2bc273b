"""The closed sets of this app and its two flows."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.common.states import Row, StateTable, register

KEPT = timedelta(days=30)  # how long a form that was begun waits for its end
REASON, KEY, NAME = 200, 40, 80


class VersionState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("在用")
    WITHDRAWN = "withdrawn", _("停用")


class Audience(models.TextChoices):
    """Who may begin a form at its own address."""

    ANYONE = "anyone", _("谁都能填，不用登录")
    SIGNED_IN = "signed_in", _("登录的人")
    RESIDENTS = "residents", _("认证过的居民，在这个地方以内")
    STAFF = "staff", _("只在窗口和办事里用，不单独公开")


class Channel(models.TextChoices):
    WEB = "web", _("网上")
    COUNTER = "counter", _("窗口")
    PHONE = "phone", _("电话")
    PAPER = "paper", _("纸面")
    HELPER = "helper", _("代办人")


TYPED_BY_STAFF = (Channel.COUNTER, Channel.PHONE, Channel.PAPER)


class FillingState(models.TextChoices):
    BEGUN = "begun", _("在填")
    SENT = "sent", _("已交")
    DROPPED = "dropped", _("没交")


V, F = VersionState, FillingState
VERSION = register(
    StateTable(
        "form version",
        V.DRAFT,
        [
            Row(V.DRAFT, "publish", V.PUBLISHED, "the owner body's desk", guard="is_ready", effects=("tell",)),
            Row(V.DRAFT, "discard", V.WITHDRAWN, "the owner body's desk"),
            Row(V.PUBLISHED, "replace", V.WITHDRAWN, "a newer version was published"),
            Row(V.PUBLISHED, "withdraw", V.WITHDRAWN, "the owner body's desk"),
        ],
        final=[V.WITHDRAWN],
        states=V,
        says="A version of a form; nothing of it changes once it is published.",
    )
)
FILLING = register(
    StateTable(
        "form filling",
        F.BEGUN,
        [
            Row(F.BEGUN, "save", F.BEGUN, "self | who types it in", effects=("keep",)),
            Row(F.BEGUN, "send", F.SENT, "self | who types it in", guard="is_complete", effects=("tell",)),
            Row(F.BEGUN, "drop", F.DROPPED, "self | 30 days without an end | account closed", effects=("forget",)),
        ],
        final=[F.SENT, F.DROPPED],
        states=F,
        says="One form being filled in; what was not sent is forgotten.",
    )
)
