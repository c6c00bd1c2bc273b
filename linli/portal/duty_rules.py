"""People on duty: what an editor writes of one, and how it is said when he is there. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.calendar.api import Hours
from linli.common.errors import UserError
from linli.common.plain_check import not_plain
from linli.common.text import clean

from .directory_rules import normal_number

NAME, ROLE, SHOWN = 20, 40, 4


@dataclass(frozen=True)
class Duty:
    """Who, for whom he speaks, his number and his hours."""

    name: str
    role: str
    phone: str = ""
    hours: Hours = field(default_factory=Hours)


def tidy(duty: Duty) -> Duty:
    """Without invisible marks. Raises UserError at the field that is wrong."""
    words = {"name": " ".join(clean(duty.name).split()), "role": " ".join(clean(duty.role).split())}
    for key, most, missing in (("name", NAME, _("姓名还没填")), ("role", ROLE, _("写是哪个单位、做什么的"))):
        problem = not_plain(words[key]) if words[key] else missing
        if problem:
            raise UserError(problem, field=key)
        if len(words[key]) > most:
            raise UserError(format_lazy(_("最多 {n} 个字"), n=most), field=key)
    phone = normal_number(duty.phone)
    if clean(duty.phone) and not phone:
        raise UserError(_("电话没看懂，请写成：555 0132"), field="phone")
    if not duty.hours.known:
        raise UserError(_("什么时候在？比如：周一至周五 8:30—17:30"), field="hours")
    return Duty(words["name"], words["role"], phone, duty.hours)
