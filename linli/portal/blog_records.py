"""Everybody's copy of what he wrote and showed."""

from django.utils.translation import gettext_lazy as _

from linli.people.api import include_in_export, leave_out_of_export

_P = "linli_portal"
_DONE = "who did it; the thing itself stands in its author's copy, a moderator's deed in his audit rows"
include_in_export(f"{_P}.BlogPost", _("博客"), ["author"], ["title", "text", "state", "created_at", "published_at"])
include_in_export(f"{_P}.Album", _("相册"), ["author"], ["title", "lead", "state", "created_at"])
include_in_export(f"{_P}.PictureReport", _("报过的图片"), ["by"], ["album.title", "reason", "state", "answer", "at"])
for _model, _field in (("BlogVersion", "by"), ("AlbumEvent", "by"), ("PictureReport", "decided_by")):
    leave_out_of_export(f"{_P}.{_model}", _field, _DONE)
