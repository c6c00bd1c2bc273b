"""A table of dispatch as rows of fields; empty rows are left out, there are always some to write on."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area, Level
from linli.people.api import Body, bodies_serving

from ..rules.dispatch import MOST_ROWS, Hours, Rule
from ..rules.words import UNITS
from ..themes import themes

SPARE = 4
HOURS = [(Hours.ANY.value, _("任何时间")), (Hours.WORK.value, _("上班时间")), (Hours.OFF.value, _("下班以后"))]


class RowsForm(forms.Form):
    def __init__(self, *args: Any, place: Area, day: date, start: list[Rule], **kw: Any) -> None:
        super().__init__(*args, **kw)
        count = min(len(start) + SPARE, MOST_ROWS)
        if self.is_bound:
            count = min(max([count, *(int(key[4:]) for key in self.data if key.startswith("unit") and key[4:].isdigit() and len(key) < 8)]), MOST_ROWS)
        choices = self._choices(place, day)
        for n in range(1, count + 1):
            rule = start[n - 1] if n <= len(start) else None
            self.fields[f"theme{n}"] = forms.ChoiceField(label=_("类别"), choices=choices["theme"], required=False, initial=rule.theme if rule else "")
            self.fields[f"place{n}"] = forms.ChoiceField(label=_("地方"), choices=choices["place"], required=False, initial=str(rule.place or "") if rule else "")
            self.fields[f"hours{n}"] = forms.ChoiceField(label=_("时间"), choices=HOURS, required=False, initial=rule.hours if rule else "")
            self.fields[f"unit{n}"] = forms.ChoiceField(label=_("派给"), choices=choices["unit"], required=False, initial=str(rule.unit) if rule else "")
            self.fields[f"auto{n}"] = forms.BooleanField(label=_("不用人点，自动派"), required=False, initial=bool(rule and rule.auto))
        self.count = count

    def _choices(self, place: Area, day: date) -> dict[str, list[tuple[str, Any]]]:
        places = Area.objects.filter(path__under=place.path, level__in=(Level.COMMUNITY, Level.COMPOUND)).order_by("path")[:300]
        below = Q(places__area__path__under=place.path, places__until=None, kind__in=UNITS)
        bodies = {body.pk: body for body in [*bodies_serving(place, UNITS, day), *Body.objects.valid_on(day).filter(below).order_by("name")[:200]]}
        return {
            "theme": [("", _("任何类别")), *((key, str(one)) for key, one in themes().items())],
            "place": [("", place.name), *((str(one.pk), one.name) for one in places if one.pk != place.pk)],
            "unit": [("", _("不用这一行")), *((str(pk), body.name) for pk, body in bodies.items())],
        }  # fmt: skip

    def lines(self) -> list[dict[str, Any]]:
        """For the page: the fields of each row."""
        return [{"n": n, "fields": [self[f"{name}{n}"] for name in ("theme", "place", "hours", "unit", "auto")]} for n in range(1, self.count + 1)]

    def rules(self) -> list[Rule]:
        got = self.cleaned_data
        return [
            Rule(
                unit=UUID(got[f"unit{n}"]), theme=got[f"theme{n}"], place=int(got[f"place{n}"]) if got[f"place{n}"] else None,
                hours=Hours(got[f"hours{n}"]), auto=got[f"auto{n}"],
            )
            for n in range(1, self.count + 1) if got[f"unit{n}"]
        ]  # fmt: skip
