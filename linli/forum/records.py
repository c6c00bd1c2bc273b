"""Everybody's copy of what he wrote in the forum."""

from django.utils.translation import gettext_lazy as _

from linli.people.api import include_in_export, leave_out_of_export

_F = "linli_forum"
include_in_export(
    f"{_F}.Post",
    _("论坛发言"),
    ["author", "for_person"],
    ["topic.title", "number", "text", "state", "at", "edited_at"],
)
include_in_export(f"{_F}.Draft", _("论坛草稿"), ["person"], ["title", "text", "at"])
for _model, _field, _why in (
    ("Topic", "author", "its first post stands in his copy with the title"),
    ("PostVersion", "by", "earlier words of a post that stands in his copy; they are public in its history"),
    ("Mention", "person", "somebody else's words about him; they are public where they stand"),
):
    leave_out_of_export(f"{_F}.{_model}", _field, _why)
