"""How I want to be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..actions.wishes import Wishes
from ..rules import FAR, MODES, Channel, Group, Mode, usual

HOURS = [(hour, f"{hour}:00") for hour in range(24)]


class SettingsForm(forms.Form):
    """One choice a kind and channel, and the quiet hours."""

    quiet = forms.BooleanField(label=_("夜里不响"), required=False, help_text=_("这段时间的短信和邮件，过后再发。急事照发"))
    quiet_since = forms.TypedChoiceField(label=_("从几点"), choices=HOURS, coerce=int)
    quiet_until = forms.TypedChoiceField(label=_("到几点"), choices=HOURS, coerce=int)

    def __init__(self, *args: Any, wishes: Wishes, **kw: Any) -> None:
        super().__init__(*args, **kw)
        for group in Group:
            for channel in FAR:
                self.fields[f"{group}_{channel}"] = forms.ChoiceField(
                    label=Channel(channel).label,
                    choices=[(mode.value, mode.label) for mode in MODES[channel]],
                    initial=wishes.modes.get((group, channel), usual(group, channel)),
                )
        self.fields["quiet"].initial = wishes.quiet_since != wishes.quiet_until
        self.fields["quiet_since"].initial, self.fields["quiet_until"].initial = wishes.shown_quiet

    @property
    def groups(self) -> list[tuple[Any, list[Any]]]:
        return [(group.label, [self[f"{group}_{channel}"] for channel in FAR]) for group in Group]

    def wishes(self) -> Wishes:
        data = self.cleaned_data
        modes = {(group, channel): Mode(data[f"{group}_{channel}"]) for group in Group for channel in FAR}
        quiet = (data["quiet_since"], data["quiet_until"]) if data["quiet"] else (0, 0)
        return Wishes(modes, *quiet)
