"""Why a secret reporter may be looked at; he reads it himself. Pure."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    CONTACT = "contact", _("联系反映人，问清情况")
    VISIT = "visit", _("约时间上门")
    CALL = "call", _("回访")
    DANGER = "danger", _("有人身危险")
