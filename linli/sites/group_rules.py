"""The way of a group to its site: states and limits. Pure."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.common.states import Row, StateTable, register

from .rules import SiteKind

NAME, PURPOSE, CONTACT, REASON = 30, 300, 80, 120
WAITING = 3  # applications that one person may have waiting
KINDS = [(kind.value, kind.label) for kind in SiteKind if kind != SiteKind.PLACE]


class GroupState(models.TextChoices):
    APPLIED = "applied", _("等居委会看")
    OPENED = "opened", _("开好了")
    REFUSED = "refused", _("没有通过")
    WITHDRAWN = "withdrawn", _("自己撤回")


S = GroupState
GROUP = register(
    StateTable(
        "group_site",
        S.APPLIED,
        [
            Row(S.APPLIED, "open", S.OPENED, "residents_committee | street_office", effects=("open_group", "tell_applicant")),
            Row(S.APPLIED, "refuse", S.REFUSED, "residents_committee | street_office", effects=("tell_applicant",)),
            Row(S.APPLIED, "withdraw", S.WITHDRAWN, "self"),
        ],
        final=[S.OPENED, S.REFUSED, S.WITHDRAWN],
        states=S,
        says="A wish for the site of a civic group, a club or a party branch. Whoever may found groups opens it at once.",
    )
)
